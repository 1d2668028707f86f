using System.Collections.Concurrent;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>The doors for CMCD and the memory of sessions that they share.</summary>
/// <remarks>Any thread may rent. As many doors are kept as were ever out at once, which the gate of the requests bounds.</remarks>
internal sealed class CmcdDoors(StreamSensePipeline pipeline, CmcdOptions options)
{
    private readonly CmcdSessions _sessions = new(pipeline.Vocabulary, pipeline.Pseudonymizer, options);
    private readonly ConcurrentBag<CmcdDoor> _idle = [];

    /// <summary>A door for one request.</summary>
    public IngestDoor Rent()
    {
        if (_idle.TryTake(out CmcdDoor? door))
        {
            return door;
        }

        EventWriter writer = pipeline.RentUncountedWriter();
        return new CmcdDoor(new CmcdIngest(_sessions, writer, pipeline.Counters, pipeline.FailedEvents), writer, _idle.Add);
    }

    /// <summary>Hands on what has waited too long for an earlier record; to be called from a timer.</summary>
    /// <param name="now">The time.</param>
    public void ReleaseOverdue(EventTime now)
    {
        // Without a door nothing was ever held; while all are out, their requests release what is overdue.
        if (_idle.TryTake(out CmcdDoor? door))
        {
            door.ReleaseOverdue(now);
            _idle.Add(door);
        }
    }

    /// <summary>Hands on what waits for earlier records and closes the doors: no more will come.</summary>
    public void Close()
    {
        bool isFirst = true;
        while (_idle.TryTake(out CmcdDoor? door))
        {
            if (isFirst)
            {
                door.ReleaseAll();
                isFirst = false;
            }

            door.Close();
        }
    }
}
