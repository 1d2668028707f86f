using System.Collections.Immutable;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Counts how many users took each item, of which older ones count less: what popularity is at the end of the data.</summary>
/// <remarks>
/// An interaction counts <c>2^(-age / half-life)</c>, where its age is that before the last interaction of all. Without a half-life given,
/// the last tenth of the interactions in time is predicted from what was before it with each of seven half-lives, and the one under which
/// the items of that tenth stand highest (mean of 1 / log2(1 + rank)) is taken.
/// </remarks>
public sealed class TrendingTrainer : IInteractionTrainer
{
    private static readonly double[] DaysTried = [1, 3, 7, 14, 30, 90, 365];

    private readonly TimeSpan? _halfLife;

    /// <summary>Makes a trainer.</summary>
    /// <param name="options">How it forgets; null for the defaults.</param>
    public TrendingTrainer(TrendingOptions? options = null)
    {
        options ??= new TrendingOptions();
        options.Validate();
        _halfLife = options.HalfLife;
    }

    /// <inheritdoc/>
    public string Name => "trending";

    /// <inheritdoc/>
    public IInteractionModel Train(
        InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        long last = LastTime(data);
        TimeSpan halfLife = _halfLife ?? Choose(data, last, progress, cancellation);
        double[] counts = Count(data, halfLife, last, last);
        ImmutableArray<float>.Builder scores = ImmutableArray.CreateBuilder<float>(data.Items);
        foreach (double count in counts)
        {
            scores.Add((float)count);
        }

        return new PopularityModel(Name, scores.MoveToImmutable());
    }

    private static long LastTime(InteractionMatrix data)
    {
        long last = long.MinValue;
        for (int user = 0; user < data.Users; user++)
        {
            foreach (long time in data.TimesOf(user))
            {
                last = Math.Max(last, time);
            }
        }

        return last;
    }

    // What is later than 'until' does not count: that is what a count at that instant would have been.
    private static double[] Count(InteractionMatrix data, TimeSpan halfLife, long until, long now)
    {
        var counts = new double[data.Items];
        double inverse = 1 / halfLife.TotalMicroseconds;
        for (int item = 0; item < data.Items; item++)
        {
            foreach (long time in data.TimesOfItem(item))
            {
                counts[item] += time <= until ? Math.Pow(2, (time - now) * inverse) : 0;
            }
        }

        return counts;
    }

    private static TimeSpan Choose(
        InteractionMatrix data, long last, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var fallback = TimeSpan.FromDays(30);
        if (data.Count < 100)
        {
            return fallback;
        }

        var times = new long[data.Count];
        int count = 0;
        for (int user = 0; user < data.Users; user++)
        {
            data.TimesOf(user).CopyTo(times.AsSpan(count));
            count += data.TimesOf(user).Length;
        }

        Array.Sort(times);
        long until = times[(int)(times.Length * 0.9)];
        if (until >= last)
        {
            return fallback;
        }

        TimeSpan best = fallback;
        double bestGain = -1;
        for (int i = 0; i < DaysTried.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            TimeSpan halfLife = TimeSpan.FromDays(DaysTried[i]);
            double gain = Gain(data, Count(data, halfLife, until, until), until);
            progress?.Report(new TrainProgress("choose", i + 1, DaysTried.Length, -gain));
            if (gain > bestGain)
            {
                (best, bestGain) = (halfLife, gain);
            }
        }

        return best;
    }

    private static double Gain(InteractionMatrix data, double[] counts, long until)
    {
        var order = new int[counts.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order.AsSpan().Sort((left, right) =>
            counts[left] != counts[right] ? counts[right].CompareTo(counts[left]) : left.CompareTo(right));
        double gain = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            int later = 0;
            foreach (long time in data.TimesOfItem(order[rank]))
            {
                later += time > until ? 1 : 0;
            }

            gain += later / Math.Log2(rank + 2);
        }

        return gain;
    }
}
