using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Which viewers are children, from the <c>profile</c> events that a recommender hands on.</summary>
/// <remarks>
/// The row with the latest event time holds. Kept for the child's protection and for nothing else, so it asks for no consent. Bounded:
/// only viewers of whom a row has said that they are children take room, so that no number of others can crowd out a child; beyond the
/// bound the child longest not written makes room, is counted, and is protected only where the request says so. Writers take a lock;
/// readers take none.
/// </remarks>
public sealed class ViewerProfiles : IEventConsumer, IDisposable
{
    private readonly Lock _writerLock = new();
    private readonly RecentTable<ProfileRow> _rows;

    /// <summary>Creates an empty table.</summary>
    /// <param name="maxChildren">How many children are kept; 262,144 unless given (about 10 MiB when full).</param>
    public ViewerProfiles(int maxChildren = 262_144)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChildren, 1);
        _rows = new RecentTable<ProfileRow>(maxChildren);
    }

    /// <summary>How many viewers are kept: children, and who once was one.</summary>
    public int Count => _rows.Count;

    /// <summary>How many were forgotten to make room for others; above 0 the table is too small.</summary>
    public long Evicted => _rows.Evicted;

    /// <summary>Whether a viewer is known as a child.</summary>
    /// <param name="viewer">The viewer.</param>
    public bool IsKid(ViewerId viewer) =>
        !viewer.IsNone && _rows.TryRead(viewer.Value, out ProfileRow row) && row.Viewer == viewer && row.Kids;

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (streamEvent.Kind == EventKind.Profile && !streamEvent.Viewer.IsNone)
            {
                Write(streamEvent.Viewer, streamEvent.Time, streamEvent.ReadPayload<ProfilePayload>().Kids);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _rows.Dispose();
        }
    }

    private void Write(ViewerId viewer, EventTime time, bool kids)
    {
        lock (_writerLock)
        {
            if (!kids && !_rows.TryRead(viewer.Value, out _))
            {
                return;
            }

            ref ProfileRow row = ref _rows.BeginWrite(viewer.Value, out int number);
            if (row.Viewer != viewer || row.Updated <= time)
            {
                row.Viewer = viewer;
                row.Updated = time;
                row.Kids = kids;
            }

            _rows.EndWrite(number);
        }
    }

    private struct ProfileRow
    {
        public ViewerId Viewer;
        public EventTime Updated;
        public bool Kids;
    }
}
