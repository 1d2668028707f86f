using System.Text;
using StreamSense.Testing.Simulation;

namespace StreamSense.Throughput.Pipeline;

/// <summary>The bytes that every contender reads: canonical NDJSON of simulated viewers, in the order of time.</summary>
internal static class SimulatedInput
{
    /// <summary>How many events, and lines, there are.</summary>
    public const int Events = 15_000;

    private const int Viewers = 500;

    /// <summary>Makes the bytes, the same ones each time.</summary>
    public static byte[] Make()
    {
        var simulation = new ViewerSimulation(new ViewerSimulationOptions { Viewers = Viewers, MaximumEvents = Events });
        using var bytes = new MemoryStream();
        foreach (string line in simulation.Lines())
        {
            bytes.Write(Encoding.UTF8.GetBytes(line));
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}
