package io.plateflow.models.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearAssignmentTest {

  @Test
  void bestTotalBeatsFirstCome() {
    double[][] gain = {{0.9, 0.8}, {0.85, 0}};
    assertThat(LinearAssignment.largestTotal(gain, 2)).containsExactly(1, 0);
  }

  @Test
  void worthlessPairsStayApart() {
    assertThat(LinearAssignment.largestTotal(new double[][] {{0, 0}, {0, 0.3}}, 2))
        .containsExactly(-1, 1);
    assertThat(LinearAssignment.largestTotal(new double[][] {{}, {}}, 0)).containsExactly(-1, -1);
    assertThat(LinearAssignment.largestTotal(new double[0][], 3)).isEmpty();
  }

  @Test
  void totalIsTheLargestOfAllAssignments() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      int rows = random.nextInt(5);
      int columns = random.nextInt(5);
      double[][] gain = new double[rows][columns];
      for (double[] row : gain) {
        for (int c = 0; c < columns; c++) {
          row[c] = random.nextDouble() < 0.3 ? 0 : random.nextDouble();
        }
      }
      int[] assigned = LinearAssignment.largestTotal(gain, columns);
      double total = 0;
      for (int r = 0; r < rows; r++) {
        total += assigned[r] < 0 ? 0 : gain[r][assigned[r]];
      }
      assertThat(total).isCloseTo(best(gain, columns, 0, 0), within(1e-9));
    }
  }

  private static double best(double[][] gain, int columns, int row, int taken) {
    if (row == gain.length) {
      return 0;
    }
    double best = best(gain, columns, row + 1, taken);
    for (int c = 0; c < columns; c++) {
      if ((taken >> c & 1) == 0) {
        best = Math.max(best, gain[row][c] + best(gain, columns, row + 1, taken | 1 << c));
      }
    }
    return best;
  }
}
