using System.Diagnostics;

namespace StreamSense.Throughput.Measuring;

/// <summary>The rounds of one case: each holds a sample of every contender, the baseline's last.</summary>
/// <remarks>All contenders take their turn within a round, so that all of them meet the same weather.</remarks>
/// <typeparam name="TSample">What is measured of a contender in a round.</typeparam>
public sealed class RoundSet<TSample>
{
    private readonly IReadOnlyList<TSample[]> _rounds;

    private RoundSet(IReadOnlyList<TSample[]> rounds, int quiet)
    {
        _rounds = rounds;
        QuietRounds = quiet;
    }

    /// <summary>How many rounds the machine was quiet in.</summary>
    public int QuietRounds { get; }

    /// <summary>Runs rounds until enough of them were quiet, or the options say that it is enough.</summary>
    /// <param name="options">How many and how long.</param>
    /// <param name="threads">How many threads work at once.</param>
    /// <param name="round">Measures every contender once.</param>
    public static RoundSet<TSample> Collect(RunOptions options, int threads, Func<TSample[]> round)
    {
        var quiet = new List<TSample[]>();
        var noisy = new List<TSample[]>();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < options.Rounds + options.MostRetries && quiet.Count < options.Rounds; i++)
        {
            if (i > 0 && Stopwatch.GetElapsedTime(start) > options.MostTime)
            {
                break;
            }

            var check = QuietCheck.Begin(threads > 1);
            TSample[] samples = round();
            (check.WasQuiet() ? quiet : noisy).Add(samples);
        }

        // Without enough quiet rounds the figures are still shown, but nobody may rely on them.
        return new RoundSet<TSample>(quiet.Count >= options.Rounds ? quiet : [.. quiet, .. noisy], quiet.Count);
    }

    /// <summary>The median over the rounds of a number of one contender.</summary>
    public double Median(int contender, Func<TSample, double> number) =>
        Middle.Of(_rounds.Select(round => number(round[contender])));

    /// <summary>The smallest of all rounds.</summary>
    public double Lowest(int contender, Func<TSample, double> number) => _rounds.Min(round => number(round[contender]));

    /// <summary>The greatest of all rounds.</summary>
    public double Highest(int contender, Func<TSample, double> number) => _rounds.Max(round => number(round[contender]));

    /// <summary>The median of the ratios of a contender's speed to the baseline's of the same round.</summary>
    public double Ratio(int contender, Func<TSample, double> speed) =>
        Middle.Of(_rounds.Select(round => speed(round[contender]) / speed(round[^1])));
}
