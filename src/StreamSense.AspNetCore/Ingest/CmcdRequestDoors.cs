using StreamSense.Core;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>A few doors for the CMCD that requests carry, shared by all threads.</summary>
/// <remarks>Thread-safe: a door has a lock, held for the microsecond that one record takes.</remarks>
internal sealed class CmcdRequestDoors(StreamSensePipeline pipeline, CmcdOptions options)
{
    /// <summary>How many doors there are.</summary>
    public const int Count = 4;

    private readonly Place[] _places = [new(), new(), new(), new()];

    /// <summary>Takes the CMCD of a request.</summary>
    /// <param name="carrier">The CMCD.</param>
    /// <param name="origin">What the host knows of the request.</param>
    /// <param name="response">What is known of its response.</param>
    /// <returns>What became of it; null if the doors are closed.</returns>
    public IngestResult? Take(in CmcdCarrier carrier, IngestOrigin origin, CmcdResponse response)
    {
        Place place = _places[Environment.CurrentManagedThreadId % Count];
        lock (place.Lock)
        {
            if (place.IsClosed)
            {
                return null;
            }

            place.Door ??= new CmcdRequestDoor(pipeline, options);
            return place.Door.Take(carrier, origin, response);
        }
    }

    /// <summary>Closes the doors: the host stops.</summary>
    public void Close()
    {
        foreach (Place place in _places)
        {
            lock (place.Lock)
            {
                place.IsClosed = true;
                place.Door?.Close();
                place.Door = null;
            }
        }
    }

    private sealed class Place
    {
        public Lock Lock { get; } = new();

        public CmcdRequestDoor? Door { get; set; }

        public bool IsClosed { get; set; }
    }
}
