package io.plateflow.clients.camera.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Stills, good ones and bad ones. */
public final class TestStills {

  private TestStills() {}

  public static byte[] jpeg(int width, int height) throws IOException {
    return encode("jpg", width, height);
  }

  /** Two good pictures among a text file, a text named JPEG, a cut JPEG and a huge PNG. */
  public static void folderWithBadFiles(Path folder) throws IOException {
    byte[] jpeg = jpeg(64, 48);
    Files.write(folder.resolve("a.jpg"), jpeg);
    Files.write(folder.resolve("b-huge.png"), pngHeader(20_000, 20_000));
    Files.writeString(folder.resolve("d-text.jpg"), "no picture!\n");
    Files.write(folder.resolve("e-truncated.jpg"), Arrays.copyOf(jpeg, jpeg.length * 3 / 4));
    Files.write(folder.resolve("f.png"), encode("png", 64, 48));
    Files.writeString(folder.resolve("notes.txt"), "note\n");
    Files.writeString(folder.resolve(".hidden"), "passed over");
  }

  /** A JPEG whose EXIF says when it was taken, in local time. */
  public static byte[] jpegTakenAt(String localTime) throws IOException {
    byte[] jpeg = jpeg(16, 16);
    ByteArrayOutputStream tiff = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(tiff);
    out.writeBytes("MM");
    out.writeShort(42);
    out.writeInt(8);
    // The first directory only points to the second, which holds DateTimeOriginal.
    out.writeShort(1);
    writeEntry(out, 0x8769, 4, 1, 26);
    out.writeInt(0);
    out.writeShort(1);
    writeEntry(out, 0x9003, 2, 20, 44);
    out.writeInt(0);
    out.writeBytes(localTime);
    out.writeByte(0);

    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream with = new DataOutputStream(all);
    with.write(jpeg, 0, 2);
    with.writeShort(0xffe1);
    with.writeShort(2 + 6 + tiff.size());
    with.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    with.write(tiff.toByteArray());
    with.write(jpeg, 2, jpeg.length - 2);
    return all.toByteArray();
  }

  private static void writeEntry(DataOutputStream out, int tag, int type, int count, int value)
      throws IOException {
    out.writeShort(tag);
    out.writeShort(type);
    out.writeInt(count);
    out.writeInt(value);
  }

  /** Nothing but the header of a picture that would need gigabytes. */
  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504e470d0a1a0aL);
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {8, 2, 0, 0, 0});
    writeChunk(out, chunk.toByteArray());
    writeChunk(out, "IEND".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private static void writeChunk(DataOutputStream out, byte[] typeAndData) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(typeAndData);
    out.writeInt(typeAndData.length - 4);
    out.write(typeAndData);
    out.writeInt((int) crc.getValue());
  }

  private static byte[] encode(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 4 << 16) | (y * 5 << 8));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }
}
