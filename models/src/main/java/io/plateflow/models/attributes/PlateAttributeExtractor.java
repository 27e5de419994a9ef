package io.plateflow.models.attributes;

import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.grammar.PlateMatch;
import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import io.plateflow.schemas.region.Region;
import io.plateflow.schemas.region.RegionTable;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a plate shows beside its text: colours from the pixels; type, region, country and printed
 * form from those and from the text. Thread-safe.
 */
public final class PlateAttributeExtractor {

  // Parts of the plate's box, clear of its border and of what surrounds it.
  private static final BoundingBox MIDDLE = new BoundingBox(0.1, 0.2, 0.9, 0.7);
  private static final BoundingBox LOWER_EDGE = new BoundingBox(0.08, 0.82, 0.92, 0.96);

  private static final int SAMPLED_WIDTH = 96;
  private static final int SAMPLED_HEIGHT = 32;

  private final PlateGrammar grammar;

  public PlateAttributeExtractor() {
    this(new PlateGrammar(GrammarWeights.DEFAULT));
  }

  public PlateAttributeExtractor(PlateGrammar grammar) {
    this.grammar = grammar;
  }

  /** Attributes of the plate in the box; those of the text alone where nothing is to be seen. */
  public PlateAttributes attributes(Pixels pixels, BoundingBox plateBox, PlateRead read) {
    byte[] middle = sample(pixels, part(plateBox, MIDDLE));
    byte[] lower = sample(pixels, part(plateBox, LOWER_EDGE));
    return attributes(read, PlateColours.of(middle), BlueStrip.shown(lower, middle));
  }

  /** The attributes that follow from the text alone. */
  public PlateAttributes attributes(PlateRead read) {
    return attributes(read, null, false);
  }

  /**
   * The attributes of another text on the same plate: what was seen stays, what follows from the
   * text is derived again.
   *
   * @param seen of a picture of this plate
   * @param read what the plate's reads agree on
   */
  public PlateAttributes withText(PlateAttributes seen, PlateRead read) {
    PlateColours colours =
        seen.textColor() == null || seen.backgroundColor() == null
            ? null
            : new PlateColours(seen.textColor(), seen.backgroundColor());
    return attributes(read, colours, seen.blueStrip());
  }

  private PlateAttributes attributes(
      PlateRead read, @Nullable PlateColours colours, boolean blueStrip) {
    String country = read.country();
    PlateMatch match = grammar.match(read.text(), country == null ? List.of() : List.of(country));
    PlateMatch known = match != null && match.formatCountry().equals(country) ? match : null;
    boolean indonesian = known != null && known.formatCountry().equals("id");
    String code = known == null ? null : known.region();
    Region region = code == null ? null : RegionTable.indonesia().region(code);
    return new PlateAttributes(
        known == null ? read.text() : known.number(),
        read.date(),
        colours == null ? null : colours.text(),
        colours == null ? null : colours.background(),
        null,
        null,
        indonesian && blueStrip,
        PlateType.of(match, country, colours),
        region == null ? null : region.code(),
        region == null ? null : region.name(),
        country);
  }

  private static BoundingBox part(BoundingBox box, BoundingBox fractions) {
    return new BoundingBox(
        box.x1() + fractions.x1() * box.width(),
        box.y1() + fractions.y1() * box.height(),
        box.x1() + fractions.x2() * box.width(),
        box.y1() + fractions.y2() * box.height());
  }

  private static byte[] sample(Pixels pixels, BoundingBox box) {
    PixelRegion region = PixelRegion.covering(box, pixels);
    try (PixelView view = PixelView.of(pixels);
        Mat cut = view.part(region);
        Size size =
            new Size(
                Math.min(SAMPLED_WIDTH, region.width()),
                Math.min(SAMPLED_HEIGHT, region.height()));
        Mat small = new Mat();
        Mat lab = new Mat()) {
      opencv_imgproc.resize(cut, small, size, 0, 0, opencv_imgproc.INTER_AREA);
      opencv_imgproc.cvtColor(small, lab, opencv_imgproc.COLOR_BGR2Lab);
      byte[] values = new byte[3 * lab.rows() * lab.cols()];
      lab.data().get(values);
      return values;
    }
  }
}
