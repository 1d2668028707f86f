using System.Collections.Immutable;

namespace StreamSense.Ml.Training.Linear;

/// <summary>Makes probabilities by the rising curve that fits best, whatever its shape: for a thousand scores and more.</summary>
/// <remarks>
/// Pool adjacent violators (Ayer et al. 1955; Zadrozny and Elkan 2002): blocks of neighbouring scores have their mean, between two blocks
/// the curve is straight, beyond the outermost it is level. O(n log n). Fit it to scores of rows that the model was not trained on.
/// </remarks>
public sealed class IsotonicCalibrator : ICalibrator
{
    /// <summary>Creates one of a known curve.</summary>
    /// <param name="scores">The corners' scores, ascending, each once.</param>
    /// <param name="probabilities">The corners' probabilities, never falling.</param>
    /// <exception cref="ArgumentException">There are none, their numbers differ, or they are not in order.</exception>
    public IsotonicCalibrator(ImmutableArray<double> scores, ImmutableArray<double> probabilities)
    {
        bool fits = !scores.IsDefaultOrEmpty && !probabilities.IsDefault && scores.Length == probabilities.Length
            && probabilities[0] >= 0 && probabilities[^1] <= 1;
        for (int i = 1; fits && i < scores.Length; i++)
        {
            fits = scores[i - 1] < scores[i] && probabilities[i - 1] <= probabilities[i];
        }

        if (!fits)
        {
            throw new ArgumentException("A curve has corners with ascending scores, and probabilities from 0 to 1 that never fall.");
        }

        Scores = scores;
        Probabilities = probabilities;
    }

    /// <summary>The corners' scores, ascending.</summary>
    public ImmutableArray<double> Scores { get; }

    /// <summary>The corners' probabilities.</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <summary>Fits one.</summary>
    /// <param name="scores">The scores; finite.</param>
    /// <param name="labels">What became of each; above 0.5 means yes.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are none, or a score is not finite.</exception>
    public static IsotonicCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels)
    {
        _ = CalibrationScores.Check(scores, labels);
        double[] sorted = scores.ToArray();
        float[] outcomes = labels.ToArray();
        Array.Sort(sorted, outcomes);
        var blocks = new List<Block>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            // Equal scores are one from the start: no curve can tell them apart.
            int yes = 0;
            for (end = start; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                yes += outcomes[end] > 0.5f ? 1 : 0;
            }

            // A block that is not above the one before it joins it.
            var block = new Block(sorted[start], sorted[start], yes, end - start);
            while (blocks.Count > 0 && !blocks[^1].IsBelow(block))
            {
                block = blocks[^1].Join(block);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        ImmutableArray<double>.Builder corners = ImmutableArray.CreateBuilder<double>();
        ImmutableArray<double>.Builder probabilities = ImmutableArray.CreateBuilder<double>();
        foreach (Block block in blocks)
        {
            corners.Add(block.First);
            probabilities.Add(block.Mean);
            if (block.Last > block.First)
            {
                corners.Add(block.Last);
                probabilities.Add(block.Mean);
            }
        }

        return new IsotonicCalibrator(corners.ToImmutable(), probabilities.ToImmutable());
    }

    /// <inheritdoc/>
    public double Calibrate(double score)
    {
        if (!(score > Scores[0]))
        {
            return Probabilities[0];
        }

        int place = Scores.AsSpan().BinarySearch(score);
        if (place >= 0 || ~place == Scores.Length)
        {
            return Probabilities[place >= 0 ? place : ^1];
        }

        int above = ~place;
        double part = (score - Scores[above - 1]) / (Scores[above] - Scores[above - 1]);
        double low = Probabilities[above - 1];
        return Math.Min(Probabilities[above], low + (part * (Probabilities[above] - low)));
    }

    private readonly record struct Block(double First, double Last, long Yes, long Count)
    {
        public double Mean => (double)Yes / Count;

        // Cross-multiplied, so that equal shares are seen as equal.
        public bool IsBelow(Block other) => Yes * other.Count < other.Yes * Count;

        public Block Join(Block next) => new(First, next.Last, Yes + next.Yes, Count + next.Count);
    }
}
