using System.Globalization;

namespace StreamSense.Ml.Training.Joins;

/// <summary>What an outcome is worth: the label that a model learns.</summary>
/// <remarks>Immutable and thread-safe. Derive from it for a worth of one's own.</remarks>
public abstract class Reward
{
    /// <summary>1 if it was clicked, else 0.</summary>
    public static Reward Click { get; } = new Rule("click", static (in Outcome outcome) => outcome.Clicked ? 1 : 0);

    /// <summary>1 if it came to a content frame, else 0.</summary>
    public static Reward Play { get; } = new Rule("play", static (in Outcome outcome) => outcome.Played ? 1 : 0);

    /// <summary>1 if it was watched to the end, else 0.</summary>
    public static Reward Completed { get; } = new Rule("completed", static (in Outcome outcome) => outcome.Completed ? 1 : 0);

    /// <summary>1 if it was put on a list, else 0.</summary>
    public static Reward Listed { get; } = new Rule("listed", static (in Outcome outcome) => outcome.Listed ? 1 : 0);

    /// <summary>1 if a subscription that began is credited to it, else 0.</summary>
    public static Reward Converted { get; } = new Rule("converted", static (in Outcome outcome) => outcome.Converted ? 1 : 0);

    /// <summary>The rating, from 0 for the lowest to 1 for the highest; 0 without one.</summary>
    public static Reward Rating { get; } = new Rule("rating", static (in Outcome outcome) => outcome.Rating ?? 0);

    /// <summary>Seconds of watch time, up to a cap.</summary>
    /// <param name="cap">What is watched beyond it is worth nothing more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cap is not positive.</exception>
    public static Reward WatchSeconds(TimeSpan cap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(cap, TimeSpan.Zero);
        double seconds = cap.TotalSeconds;
        return new Rule(
            string.Create(CultureInfo.InvariantCulture, $"watchSeconds({seconds:R})"),
            (in Outcome outcome) => Math.Min(seconds, outcome.WatchSeconds));
    }

    /// <summary>A weighted sum.</summary>
    /// <param name="parts">Weights and what they weigh.</param>
    /// <exception cref="ArgumentException">There is no part, or a weight is not finite.</exception>
    public static Reward Sum(params ReadOnlySpan<(double Weight, Reward Reward)> parts)
    {
        (double Weight, Reward Reward)[] all = parts.ToArray();
        if (all.Length == 0 || !Array.TrueForAll(all, part => double.IsFinite(part.Weight) && part.Reward is not null))
        {
            throw new ArgumentException("A sum has parts, and their weights are finite.", nameof(parts));
        }

        return new Rule(
            string.Join(" + ", all.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Weight:R}*{part.Reward}"))),
            (in Outcome outcome) =>
            {
                double sum = 0;
                foreach ((double weight, Reward reward) in all)
                {
                    sum += weight * reward.ValueOf(outcome);
                }

                return sum;
            });
    }

    /// <summary>Whole grades, as learning to rank needs them: how many of the bounds another reward reaches.</summary>
    /// <param name="reward">The other reward.</param>
    /// <param name="bounds">The bounds, ascending; at most 30.</param>
    /// <exception cref="ArgumentException">There is no bound, there are too many, or they do not ascend.</exception>
    public static Reward Grades(Reward reward, params ReadOnlySpan<double> bounds)
    {
        ArgumentNullException.ThrowIfNull(reward);
        double[] ascending = bounds.ToArray();
        bool ascends = ascending.Zip(ascending.Skip(1), (lower, upper) => lower < upper).All(holds => holds);
        if (ascending.Length is 0 or > 30 || !ascends || ascending.Any(double.IsNaN))
        {
            throw new ArgumentException("From 1 to 30 bounds, each greater than the one before.", nameof(bounds));
        }

        return new Rule(
            $"grades({reward}; {string.Join(", ", ascending.Select(bound => bound.ToString("R", CultureInfo.InvariantCulture)))})",
            (in Outcome outcome) =>
            {
                double value = reward.ValueOf(outcome);
                int grade = 0;
                while (grade < ascending.Length && value >= ascending[grade])
                {
                    grade++;
                }

                return grade;
            });
    }

    /// <summary>What an outcome is worth.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>A finite number.</returns>
    public abstract double ValueOf(in Outcome outcome);

    private sealed class Rule(string text, Rule.Worth worth) : Reward
    {
        public delegate double Worth(in Outcome outcome);

        public override double ValueOf(in Outcome outcome) => worth(outcome);

        public override string ToString() => text;
    }
}
