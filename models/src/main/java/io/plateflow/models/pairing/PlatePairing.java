package io.plateflow.models.pairing;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.matching.MaximumWeightBipartiteMatching;
import org.jgrapht.graph.AsSubgraph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Gives plates to vehicles so that all pairs of a frame together fit best: a maximum-weight
 * matching of the plates with the vehicles that hold or touch them.
 */
public final class PlatePairing {

  // How much worse the next best assignment of the frame must be for a pair to be sure.
  private static final double AMBIGUITY_MARGIN = 0.04;
  // Who holds a plate is a matter of place; scores only tip the scales.
  private static final double SCORE_SHARE = 0.2;
  // In a larger crowd every pair has rivals; solving it once for each would take too long.
  private static final int CROWD = 24;

  private PlatePairing() {}

  /** Vehicles in their order, each with its plate if it has one; then plates without a vehicle. */
  public static List<PairedDetection> pair(List<Detection> vehicles, List<Detection> plates) {
    Graph<Integer, DefaultWeightedEdge> fits = fits(vehicles, plates);
    int[] plateOf = new int[vehicles.size()];
    Arrays.fill(plateOf, -1);
    Set<Integer> ambiguous = new HashSet<>();
    for (Set<Integer> group : new ConnectivityInspector<>(fits).connectedSets()) {
      match(new AsSubgraph<>(fits, group), vehicles.size(), plateOf, ambiguous);
    }
    return results(vehicles, plates, plateOf, ambiguous);
  }

  /** Vehicles are the nodes from 0, plates those after them; an edge's weight is their fit. */
  private static Graph<Integer, DefaultWeightedEdge> fits(
      List<Detection> vehicles, List<Detection> plates) {
    Graph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    for (int node = 0; node < vehicles.size() + plates.size(); node++) {
      graph.addVertex(node);
    }
    for (int v = 0; v < vehicles.size(); v++) {
      for (int p = 0; p < plates.size(); p++) {
        PairFit fit = PairFit.of(vehicles.get(v), plates.get(p));
        if (fit.fits()) {
          DefaultWeightedEdge edge = graph.addEdge(v, vehicles.size() + p);
          graph.setEdgeWeight(edge, weight(vehicles.get(v), plates.get(p), fit));
        }
      }
    }
    return graph;
  }

  private static void match(
      Graph<Integer, DefaultWeightedEdge> group,
      int vehicles,
      int[] plateOf,
      Set<Integer> ambiguous) {
    if (group.edgeSet().isEmpty()) {
      return;
    }
    Set<DefaultWeightedEdge> best = matching(group, vehicles);
    double total = totalWeight(group, best);
    for (DefaultWeightedEdge edge : best) {
      int source = group.getEdgeSource(edge);
      int target = group.getEdgeTarget(edge);
      int vehicle = Math.min(source, target);
      plateOf[vehicle] = Math.max(source, target) - vehicles;
      if (group.edgeSet().size() > 1
          && (group.vertexSet().size() > CROWD
              || total - totalWithout(edge, group, vehicles) < AMBIGUITY_MARGIN)) {
        ambiguous.add(vehicle);
      }
    }
  }

  private static double totalWithout(
      DefaultWeightedEdge edge, Graph<Integer, DefaultWeightedEdge> group, int vehicles) {
    Set<DefaultWeightedEdge> others = new HashSet<>(group.edgeSet());
    others.remove(edge);
    Graph<Integer, DefaultWeightedEdge> rest = new AsSubgraph<>(group, group.vertexSet(), others);
    return totalWeight(rest, matching(rest, vehicles));
  }

  private static Set<DefaultWeightedEdge> matching(
      Graph<Integer, DefaultWeightedEdge> group, int vehicles) {
    Set<Integer> left = new HashSet<>();
    Set<Integer> right = new HashSet<>();
    group.vertexSet().forEach(node -> (node < vehicles ? left : right).add(node));
    return new MaximumWeightBipartiteMatching<>(group, left, right).getMatching().getEdges();
  }

  private static double weight(Detection vehicle, Detection plate, PairFit fit) {
    double scores = Math.sqrt(vehicle.score() * plate.score());
    return fit.geometry() * (1 - SCORE_SHARE + SCORE_SHARE * scores);
  }

  private static double totalWeight(
      Graph<Integer, DefaultWeightedEdge> group, Set<DefaultWeightedEdge> edges) {
    return edges.stream().mapToDouble(group::getEdgeWeight).sum();
  }

  /** Geometric mean, so that one weak part cannot be hidden by the others. */
  private static double confidence(Detection vehicle, Detection plate, PairFit fit) {
    return Math.cbrt(vehicle.score() * plate.score() * fit.geometry());
  }

  private static List<PairedDetection> results(
      List<Detection> vehicles, List<Detection> plates, int[] plateOf, Set<Integer> ambiguous) {
    List<PairedDetection> results = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    for (int v = 0; v < vehicles.size(); v++) {
      Detection vehicle = vehicles.get(v);
      if (plateOf[v] < 0) {
        results.add(new PairedDetection(vehicle, null, null, 0, false));
        continue;
      }
      taken.add(plateOf[v]);
      Detection plate = plates.get(plateOf[v]);
      PairFit fit = PairFit.of(vehicle, plate);
      results.add(
          new PairedDetection(
              vehicle,
              plate,
              fit.method(),
              confidence(vehicle, plate, fit),
              ambiguous.contains(v)));
    }
    for (int p = 0; p < plates.size(); p++) {
      if (!taken.contains(p)) {
        results.add(new PairedDetection(null, plates.get(p), null, 0, false));
      }
    }
    return results;
  }
}
