using System.Numerics.Tensors;

namespace StreamSense.Ml.Training.Linear;

/// <summary>The loss of a logistic model with its first and second derivatives.</summary>
internal sealed class LogisticObjective(LabelledRows rows, ScaledColumns columns, LogisticOptions options)
{
    private const int Parts = 16;

    // Added to the diagonal so that columns that say the same, with no ridge, have a solution.
    private const double Jitter = 1e-10;

    private readonly int _width = columns.Columns;

    /// <summary>The loss, ridge included.</summary>
    public double Loss(double[] weights)
    {
        double ridge = 0;
        for (int i = 1; i < _width; i++)
        {
            ridge += weights[i] * weights[i];
        }

        return DataLoss(weights) + (options.Regularisation * ridge / 2);
    }

    /// <summary>The summed log loss of the rows.</summary>
    public double DataLoss(double[] weights)
    {
        var parts = new double[Parts];
        ForParts((part, start, end) =>
        {
            double sum = 0;
            for (int row = start; row < end; row++)
            {
                sum += rows.WeightOf(row) * Sigmoid.Loss(LogOdds(weights, columns[row]), rows.Labels[row]);
            }

            parts[part] = sum;
        });
        return parts.Sum();
    }

    /// <summary>Where the quadratic that touches the loss at these weights has its minimum, as a step from them.</summary>
    public double[] NewtonStep(double[] weights)
    {
        var gradients = new double[Parts][];
        var curvatures = new double[Parts][];
        ForParts((part, start, end) =>
        {
            (gradients[part], curvatures[part]) = Derivatives(weights, start, end);
        });
        double[] gradient = gradients[0];
        double[] curvature = curvatures[0];
        for (int part = 1; part < Parts; part++)
        {
            TensorPrimitives.Add(gradient, gradients[part], gradient);
            TensorPrimitives.Add(curvature, curvatures[part], curvature);
        }

        for (int i = 0; i < _width; i++)
        {
            double ridge = i == 0 ? 0 : options.Regularisation;
            gradient[i] = -gradient[i] - (ridge * weights[i]);
            curvature[(i * _width) + i] += ridge + (Jitter * (1 + curvature[(i * _width) + i]));
        }

        SymmetricSystem.Solve(curvature, gradient);
        return gradient;
    }

    private static double LogOdds(double[] weights, ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += weights[i] * row[i];
        }

        return sum;
    }

    private (double[] Gradient, double[] Curvature) Derivatives(double[] weights, int start, int end)
    {
        var gradient = new double[_width];
        var curvature = new double[_width * _width];
        var cells = new double[_width];
        for (int row = start; row < end; row++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(columns[row], cells);
            double weight = rows.WeightOf(row);
            double probability = Sigmoid.Of(LogOdds(weights, columns[row]));
            double slope = weight * (probability - rows.Labels[row]);
            double bend = weight * probability * (1 - probability);
            for (int i = 0; i < _width; i++)
            {
                gradient[i] += slope * cells[i];
                double factor = bend * cells[i];
                if (factor != 0)
                {
                    // The lower triangle is enough.
                    Span<double> line = curvature.AsSpan(i * _width, i + 1);
                    TensorPrimitives.MultiplyAdd(cells.AsSpan(0, i + 1), factor, line, line);
                }
            }
        }

        return (gradient, curvature);
    }

    private void ForParts(Action<int, int, int> work) => Parallel.For(
        0,
        Parts,
        new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
        part => work(part, (int)((long)part * rows.Count / Parts), (int)((part + 1L) * rows.Count / Parts)));
}
