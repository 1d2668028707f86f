using System.Collections.Concurrent;
using StreamSense.Core;
using StreamSense.Core.Buffering;
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

        EventWriter writer = pipeline.RentWriter();
        return new CmcdDoor(new CmcdIngest(_sessions, writer, pipeline.Counters, pipeline.FailedEvents), writer, _idle.Add);
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
