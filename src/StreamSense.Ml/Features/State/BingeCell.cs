namespace StreamSense.Ml.Features.State;

/// <summary>Fading plays of episodes, those that continue a series apart; then the play before: series, season and episode, time.</summary>
internal sealed class BingeCell(int selector, Fading fading, TimeSpan within) : StateCell
{
    /// <summary>The place of the sum of all plays of episodes.</summary>
    public const int Plays = 1;

    /// <summary>The place of the sum of those that continue.</summary>
    public const int Continued = 2;

    private const int Sums = 3;
    private const int Series = 3;
    private const int Episode = 4;
    private const int At = 5;
    private const int SeasonShift = 32;

    private readonly int[] _selectors = [selector];
    private readonly long _within = (long)within.TotalMicroseconds;

    /// <inheritdoc/>
    public override int Words => 6;

    /// <inheritdoc/>
    public override bool IsHot => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        double weight = weights[selector];
        if (double.IsNaN(weight) || occurrence.Retracts || occurrence.Info is not { Series.IsNone: false, Episode: { } episode } title)
        {
            return;
        }

        fading.Advance(ref cell[0], cell[1..Sums], occurrence.Time);
        double amount = weight * fading.FactorAt(occurrence.Time, cell[0]);
        Fading.Add(ref cell[Plays], amount);
        long time = occurrence.Time.UnixMicroseconds;
        int season = title.Season ?? 0;
        if (cell[Series] == (long)title.Series.Value && time >= cell[At] && time - cell[At] <= _within
            && Continues((int)(cell[Episode] >> SeasonShift), (int)cell[Episode], season, episode))
        {
            Fading.Add(ref cell[Continued], amount);
        }

        if (time >= cell[At])
        {
            cell[Series] = (long)title.Series.Value;
            cell[Episode] = ((long)season << SeasonShift) | (uint)episode;
            cell[At] = time;
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other)
    {
        FadingSums.MergeSums(fading, cell[..Sums], other[..Sums]);
        if (other[At] > cell[At])
        {
            other[Sums..].CopyTo(cell[Sums..]);
        }
    }

    private static bool Continues(int season, int episode, int nextSeason, int nextEpisode) =>
        (nextSeason == season && nextEpisode == episode + 1) || (nextSeason == season + 1 && nextEpisode == 1);
}
