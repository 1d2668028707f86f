using System.Collections.Concurrent;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>The doors of one format, opened as they are needed and kept for the next request.</summary>
/// <remarks>Any thread may rent. How many are out at once is bounded by who lets requests in; as many are kept.</remarks>
/// <param name="open">Opens a door.</param>
internal sealed class IngestDoors(Func<IngestDoor> open) : IDisposable
{
    private readonly ConcurrentBag<IngestDoor> _idle = [];
    private volatile bool _disposed;

    /// <summary>A door for one request.</summary>
    public IngestDoor Rent() => _idle.TryTake(out IngestDoor? door) ? door : open();

    /// <summary>Gives a door back.</summary>
    public void Return(IngestDoor door)
    {
        _idle.Add(door);
        if (_disposed)
        {
            Dispose();
        }
    }

    /// <summary>Closes the doors; those that are out close when they come back.</summary>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out IngestDoor? door))
        {
            door.Dispose();
        }
    }
}
