using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>The sums that the metrics of a group are made of: counts, microseconds, and products of them in 128 bits.</summary>
internal struct QualitySums : IEquatable<QualitySums>
{
    // What every run of playing adds to lies together.
    public long Playing;
    public long BackgroundPlaying;

    /// <summary>Play time at known bitrate × rate, in microseconds × millionths.</summary>
    public Int128 MediaTime;

    /// <summary>kbps × <see cref="MediaTime"/>.</summary>
    public Int128 BitrateTime;

    public long Starting;
    public long StartingOfPlays;
    public long Rebuffering;
    public long Seeking;
    public long Ad;

    private Counts _counts;

    /// <summary>A count.</summary>
    [UnscopedRef]
    public ref long this[QualityCount count] => ref _counts[(int)count];

    public readonly long Watch => Starting + Playing + Rebuffering + Seeking;

    public readonly long WatchOfPlays => StartingOfPlays + Playing + Rebuffering + Seeking;

    /// <summary>Adds the seconds of a run of time, which may be negative to take one back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTime(in TimeSums time)
    {
        if (time.State == ViewState.Playing)
        {
            Playing += time.Length;
            BackgroundPlaying += time.Background;
            MediaTime += time.MediaTime;
            BitrateTime += time.BitrateTime;
            return;
        }

        AddOtherTime(time);
    }

    private void AddOtherTime(in TimeSums time)
    {
        switch (time.State)
        {
            case ViewState.Rebuffering:
                Rebuffering += time.Length;
                break;
            case ViewState.Seeking:
                Seeking += time.Length;
                break;
            case ViewState.Starting when time.OfPlay:
                StartingOfPlays += time.Length;
                break;
            case ViewState.Starting:
                Starting += time.Length;
                break;
            case ViewState.Ad:
                Ad += time.Length;
                break;
            default:
                break;
        }
    }

    public void Add(in QualitySums other)
    {
        for (int i = 0; i < (int)QualityCount.End; i++)
        {
            _counts[i] += other._counts[i];
        }

        AddTimesOf(other);
    }

    /// <summary>Adds the time in other sums, without their counts.</summary>
    public void AddTimesOf(in QualitySums other)
    {
        Playing += other.Playing;
        BackgroundPlaying += other.BackgroundPlaying;
        MediaTime += other.MediaTime;
        BitrateTime += other.BitrateTime;
        Starting += other.Starting;
        StartingOfPlays += other.StartingOfPlays;
        Rebuffering += other.Rebuffering;
        Seeking += other.Seeking;
        Ad += other.Ad;
    }

    public readonly bool Equals(QualitySums other)
    {
        bool same = Playing == other.Playing
            && BackgroundPlaying == other.BackgroundPlaying
            && MediaTime == other.MediaTime
            && BitrateTime == other.BitrateTime
            && Starting == other.Starting
            && StartingOfPlays == other.StartingOfPlays
            && Rebuffering == other.Rebuffering
            && Seeking == other.Seeking
            && Ad == other.Ad;
        return same && ((ReadOnlySpan<long>)_counts).SequenceEqual(other._counts);
    }

    public override readonly bool Equals(object? obj) => obj is QualitySums other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Playing, Starting, _counts[0], _counts[1]);

    [InlineArray((int)QualityCount.End)]
    private struct Counts
    {
        private long _first;
    }
}
