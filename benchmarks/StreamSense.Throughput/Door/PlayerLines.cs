using System.Text;
using StreamSense.Testing.Simulation;

namespace StreamSense.Throughput.Door;

/// <summary>The lines that simulated players send, all kinds mixed in the order of time, in one block as a body has them.</summary>
internal sealed class PlayerLines
{
    /// <summary>How many lines there are.</summary>
    public const int Count = 100_000;

    private const int Viewers = 500;

    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly byte[] _copy;

    private PlayerLines(byte[] bytes, int[] ends)
    {
        _bytes = bytes;
        _ends = ends;
        _copy = new byte[bytes.Length];
    }

    /// <summary>What takes a line.</summary>
    /// <returns>Whether it was read.</returns>
    public delegate bool LineReader(ReadOnlySpan<byte> line);

    /// <summary>The mean length of a line in bytes.</summary>
    public double BytesPerLine => (double)_bytes.Length / Count;

    /// <summary>Makes the lines, the same ones each time.</summary>
    public static PlayerLines Make()
    {
        var simulation = new ViewerSimulation(new ViewerSimulationOptions
        {
            Viewers = Viewers,
            MaximumEvents = Count,
            Duration = TimeSpan.FromHours(12),
        });
        using var bytes = new MemoryStream();
        var ends = new List<int>(Count);
        foreach (string line in simulation.Lines())
        {
            bytes.Write(Encoding.UTF8.GetBytes(line));
            ends.Add((int)bytes.Length);
        }

        return ends.Count == Count
            ? new PlayerLines(bytes.ToArray(), [.. ends])
            : throw new InvalidOperationException($"The simulation made {ends.Count} events of {Count}.");
    }

    /// <summary>Gives every line to a reader, as often as a number of events needs.</summary>
    /// <returns>How many lines were read.</returns>
    public long Read(long events, LineReader reader)
    {
        long read = 0;
        for (long done = 0; done < events; done += Count)
        {
            int from = 0;
            foreach (int end in _ends)
            {
                read += reader(_bytes.AsSpan(from, end - from)) ? 1 : 0;
                from = end;
            }
        }

        return read;
    }

    /// <summary>Copies the same bytes and does nothing else: what no reader can be faster than.</summary>
    /// <returns>The number of events.</returns>
    public long Copy(long events)
    {
        for (long done = 0; done < events; done += Count)
        {
            _bytes.CopyTo(_copy, 0);
        }

        return events;
    }
}
