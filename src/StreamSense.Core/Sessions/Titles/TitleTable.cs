using System.Collections.Concurrent;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions.Titles;

/// <summary>What the catalogue said of each title, and when: duration, kind, series, genres and edit.</summary>
/// <remarks>
/// Thread-safe. Several shards share one table, which learns at the door: a view is judged by every row that was written before its end,
/// whichever shard the row went to. A title has a bounded history of rows by their time, so that a view is judged by the row that was
/// in force when it began, whatever the order in which rows and views came; the oldest row also holds for what was before it. Beyond
/// the capacity new titles are counted and left out.
/// </remarks>
public sealed class TitleTable : IEventConsumer, IEventReceiver
{
    /// <summary>How many genres of a title are kept.</summary>
    public const int MaxGenres = 8;

    /// <summary>How many rows of a title are kept; the oldest but the first goes for a new one.</summary>
    public const int MaxRows = 16;

    private readonly Vocabulary _vocabulary;
    private readonly int _capacity;
    private readonly ConcurrentDictionary<ulong, TitleFacts[]> _titles = [];
    private readonly Lock _writing = new();
    private readonly TitleTextReader _texts = new();
    private int _count;
    private long _refused;

    /// <summary>Creates an empty table.</summary>
    /// <param name="vocabulary">The name tables of the events.</param>
    /// <param name="capacity">How many titles to keep.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public TitleTable(Vocabulary vocabulary, int capacity = 131_072)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _vocabulary = vocabulary;
        _capacity = capacity;
    }

    /// <summary>How many titles have a row.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many rows were left out because the table was full.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Takes the <c>title</c> events of a batch and leaves the others alone.</summary>
    /// <param name="batch">The batch.</param>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent e in batch.Events)
        {
            if (e.Kind == EventKind.Title)
            {
                Add(e, batch.AnnexOf(e));
            }
        }
    }

    /// <summary>Takes a row of the catalogue; one of the same time replaces the earlier one.</summary>
    /// <param name="row">A <c>title</c> event.</param>
    /// <param name="annex">Its annex.</param>
    public void Add(in StreamEvent row, ReadOnlySpan<byte> annex)
    {
        if (row.Title.IsNone)
        {
            return;
        }

        lock (_writing)
        {
            TitleFacts facts = FactsOf(row, annex);
            if (_titles.TryGetValue(row.Title.Value, out TitleFacts[]? rows))
            {
                _titles[row.Title.Value] = With(rows, facts);
            }
            else if (_count < _capacity)
            {
                _count++;
                _titles[row.Title.Value] = [facts];
            }
            else
            {
                _refused++;
            }
        }
    }

    /// <inheritdoc/>
    WriteOutcome IEventReceiver.Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        Add(streamEvent, annex);
        return WriteOutcome.Written;
    }

    /// <summary>What was known of a title at an instant.</summary>
    /// <param name="title">The title.</param>
    /// <param name="time">The instant; before the first row, that one holds.</param>
    /// <param name="facts">The facts; <see cref="TitleFacts.Unknown"/> if the title has no row.</param>
    public bool TryGet(TitleId title, EventTime time, out TitleFacts facts)
    {
        if (title.IsNone || !_titles.TryGetValue(title.Value, out TitleFacts[]? rows))
        {
            facts = TitleFacts.Unknown;
            return false;
        }

        int last = rows.Length - 1;
        while (last > 0 && rows[last].Since > time)
        {
            last--;
        }

        facts = rows[last];
        return true;
    }

    private static TitleFacts[] With(TitleFacts[] rows, TitleFacts facts)
    {
        int place = Array.FindIndex(rows, row => row.Since >= facts.Since);
        var list = new List<TitleFacts>(rows);
        if (place >= 0 && rows[place].Since == facts.Since)
        {
            list[place] = facts;
            return [.. list];
        }

        list.Insert(place < 0 ? rows.Length : place, facts);
        if (list.Count > MaxRows)
        {
            list.RemoveAt(1);
        }

        return [.. list];
    }

    private TitleFacts FactsOf(in StreamEvent row, ReadOnlySpan<byte> annex)
    {
        ref readonly TitlePayload payload = ref row.ReadPayload<TitlePayload>();
        var facts = new TitleFacts(
            row.Time,
            payload.DurationMicroseconds > 0 ? payload.DurationMicroseconds : Absent.Time,
            payload.Type,
            payload.Series,
            payload.Season,
            payload.Episode,
            default,
            []);
        if (annex.IsEmpty)
        {
            return facts;
        }

        TitleTexts texts = _texts.Read(annex, out _);
        return facts with
        {
            Edit = texts.Edit is { } edit ? _vocabulary.Terms.Intern(edit) : default,
            Genres = [.. texts.Genres.Select(_vocabulary.Terms.Intern).Distinct().Take(MaxGenres)],
        };
    }
}
