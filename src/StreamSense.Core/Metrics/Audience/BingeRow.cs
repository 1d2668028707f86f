using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>The latest episodes of a series that a viewer watched; older runs of them are settled: only their number remains.</summary>
/// <remarks>
/// A run goes on while an episode begins no later than the gap after the end of those before it; an episode watched twice counts once. A
/// run that is longer than there is room for carries on with its number of episodes and its end.
/// </remarks>
internal struct BingeRow : IKeyedState<BingeRow>
{
    private const int Capacity = 16;

    private Room _room;
    private int _count;

    // What went out of the room of the run that the first episode in it may go on.
    private int _carriedEpisodes;
    private EventTime _carriedEnd;
    private BingeCount _settled;

    /// <summary>The rule by which it was settled: parts of one row agree in it.</summary>
    public BingeBounds Rule;

    public void Add(in Episode episode)
    {
        if (_count == Capacity)
        {
            Settle();
        }

        Span<Episode> episodes = _room;
        int place = _count;
        while (place > 0 && episodes[place - 1].CompareTo(episode) > 0)
        {
            place--;
        }

        episodes[place.._count].CopyTo(episodes[(place + 1)..]);
        episodes[place] = episode;
        _count++;
    }

    /// <summary>Takes an episode back that was added; one that is settled stays.</summary>
    public bool Remove(in Episode episode)
    {
        Span<Episode> episodes = _room;
        int place = episodes[.._count].IndexOf(episode);
        if (place < 0)
        {
            return false;
        }

        episodes[(place + 1).._count].CopyTo(episodes[place..]);
        _count--;
        return true;
    }

    /// <inheritdoc/>
    public void Join(in BingeRow other)
    {
        Rule = _count == 0 ? other.Rule : Rule;
        _settled.Add(other._settled, 1);

        // A run of another part that carries on cannot be sewn to this one: it counts as far as it went.
        if (_carriedEpisodes == 0)
        {
            _carriedEpisodes = other._carriedEpisodes;
            _carriedEnd = other._carriedEnd;
        }
        else
        {
            _settled.Add(other._carriedEpisodes, Rule.Episodes);
        }

        foreach (ref readonly Episode episode in ((ReadOnlySpan<Episode>)other._room)[..other._count])
        {
            Add(episode);
        }
    }

    /// <summary>The binges so far, a run that may still go on included.</summary>
    public readonly BingeCount Count()
    {
        BingeCount count = _settled;
        ReadOnlySpan<Episode> episodes = ((ReadOnlySpan<Episode>)_room)[.._count];
        int carried = _carriedEpisodes;
        if (carried > 0 && (_count == 0 || episodes[0].Start - _carriedEnd > Rule.Gap))
        {
            count.Add(carried, Rule.Episodes);
            carried = 0;
        }

        while (episodes.Length > 0)
        {
            int length = RunOf(episodes, out _);
            count.Add(carried + DistinctOf(episodes[..length]), Rule.Episodes);
            carried = 0;
            episodes = episodes[length..];
        }

        return count;
    }

    private static int DistinctOf(ReadOnlySpan<Episode> run)
    {
        int distinct = 0;
        for (int i = 0; i < run.Length; i++)
        {
            bool isNew = true;
            for (int j = 0; j < i; j++)
            {
                isNew &= run[j].Title != run[i].Title;
            }

            distinct += isNew ? 1 : 0;
        }

        return distinct;
    }

    private readonly int RunOf(ReadOnlySpan<Episode> episodes, out EventTime end)
    {
        end = episodes[0].End;
        int length = 1;
        while (length < episodes.Length && episodes[length].Start - end <= Rule.Gap)
        {
            end = episodes[length].End > end ? episodes[length].End : end;
            length++;
        }

        return length;
    }

    // Makes room: the first run goes as a whole if another follows, else its first half is carried.
    private void Settle()
    {
        Span<Episode> episodes = _room;
        if (_carriedEpisodes > 0 && episodes[0].Start - _carriedEnd > Rule.Gap)
        {
            _settled.Add(_carriedEpisodes, Rule.Episodes);
            _carriedEpisodes = 0;
        }

        int length = RunOf(episodes[.._count], out EventTime end);
        if (length < _count)
        {
            _settled.Add(_carriedEpisodes + DistinctOf(episodes[..length]), Rule.Episodes);
            _carriedEpisodes = 0;
        }
        else
        {
            length = Capacity / 2;
            _ = RunOf(episodes[..length], out end);
            _carriedEpisodes += DistinctOf(episodes[..length]);
            _carriedEnd = end;
        }

        episodes[length.._count].CopyTo(episodes);
        _count -= length;
    }

    [InlineArray(Capacity)]
    private struct Room
    {
        private Episode _first;
    }
}
