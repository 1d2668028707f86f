using System.Collections.Concurrent;
using StreamSense.Core;
using StreamSense.Core.Ingest;
using StreamSense.Core.Privacy;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>The doors of one source: as many as bodies of it were ever read at once.</summary>
/// <param name="pipeline">Where they lead.</param>
/// <param name="create">Makes a translator of the source's format.</param>
internal sealed class SourceDoors(StreamSensePipeline pipeline, Func<Pseudonymizer, IRecordTranslator> create)
{
    private readonly ConcurrentBag<TranslatedDoor> _idle = [];

    /// <summary>Rents a door.</summary>
    public IngestDoor Rent() =>
        new SourceDoor(_idle.TryTake(out TranslatedDoor? door) ? door : pipeline.OpenDoor(create(pipeline.Pseudonymizer)), _idle.Add);

    /// <summary>Returns the writers of idle doors for good.</summary>
    public void Close()
    {
        while (_idle.TryTake(out TranslatedDoor? door))
        {
            door.Dispose();
        }
    }
}
