using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace StreamSense.Stress.Fuzzing;

/// <summary>Fuzzes decoders in turns for a time, and reports.</summary>
/// <param name="output">Where the report goes.</param>
internal sealed class FuzzRun(TextWriter output)
{
    private const int InputsPerTurn = 64;
    private const int NoteBytes = 256;
    private static readonly TimeSpan _stuck = TimeSpan.FromSeconds(120);
    private readonly Lock _lock = new();
    private FuzzInput? _input;
    private string _again = "";
    private long _begun;

    /// <summary>Runs.</summary>
    /// <param name="targets">The decoders.</param>
    /// <param name="seed">Decides all inputs.</param>
    /// <param name="time">How long, all decoders together.</param>
    /// <param name="at">The one input to try; null for as many as there is time for.</param>
    /// <returns>What failed; the first failure of a decoder ends its turns.</returns>
    public IReadOnlyList<FuzzFailure> Run(IReadOnlyList<FuzzTarget> targets, ulong seed, TimeSpan time, long? at = null)
    {
        string notePath = Path.Combine(Path.GetTempPath(), $"streamsense-fuzz-{Environment.ProcessId}.last");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"fuzz: seed {seed}, {targets.Count} decoders; should the process end: {notePath} has the input"));
        using var noteFile = MemoryMappedFile.CreateFromFile(notePath, FileMode.Create, mapName: null, NoteBytes);
        using MemoryMappedViewAccessor note = noteFile.CreateViewAccessor();
        using var watch = new Timer(_ => Watch(), state: null, _stuck, TimeSpan.FromSeconds(1));
        var failures = new List<FuzzFailure>();
        var fuzzers = targets.Select(target => (target.Name, Fuzzer: new Fuzzer(target, seed), Turns: new Turns())).ToList();
        long start = Stopwatch.GetTimestamp();
        for (long first = at ?? 0; Stopwatch.GetElapsedTime(start) < time; first += InputsPerTurn)
        {
            foreach ((string name, Fuzzer fuzzer, Turns turns) in fuzzers)
            {
                for (long i = first; i < first + InputsPerTurn && !turns.IsOver && Stopwatch.GetElapsedTime(start) < time; i++)
                {
                    turns.Inputs++;
                    if (fuzzer.Try(i, input => Begin(note, input, name, seed, i)) is { } failure)
                    {
                        turns.IsOver = true;
                        failures.Add(failure);
                        output.WriteLine(failure);
                    }

                    turns.IsOver |= at is not null;
                }
            }

            if (fuzzers.TrueForAll(fuzzer => fuzzer.Turns.IsOver))
            {
                break;
            }
        }

        foreach ((string name, Fuzzer fuzzer, Turns turns) in fuzzers)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-32} {turns.Inputs,9} inputs {fuzzer.Bytes / 1e6,8:F1} MB  allocated at most {fuzzer.WorstShare,6:P1} of the bound  "
                + $"slowest {fuzzer.Slowest.TotalMilliseconds,7:F1} ms"));
            fuzzer.Dispose();
        }

        File.Delete(notePath);
        return failures;
    }

    private void Begin(MemoryMappedViewAccessor note, FuzzInput input, string name, ulong seed, long index)
    {
        string again = string.Create(CultureInfo.InvariantCulture, $"fuzz --only {name} --seed {seed} --at {index}\n");
        byte[] bytes = new byte[NoteBytes];
        Encoding.ASCII.GetBytes(again, bytes);
        note.WriteArray(0, bytes, 0, NoteBytes);
        lock (_lock)
        {
            _input = input;
            _again = again;
            _begun = Stopwatch.GetTimestamp();
        }
    }

    // A loop that does not end cannot be left; what it was given can be said.
    private void Watch()
    {
        lock (_lock)
        {
            if (_input is not null && Stopwatch.GetElapsedTime(_begun) > _stuck)
            {
                output.WriteLine($"STUCK, or reducing an input for too long: {_again}  base64: {Convert.ToBase64String(_input.Bytes)}");
                output.Flush();
                Environment.Exit(3);
            }
        }
    }

    private sealed class Turns
    {
        public long Inputs { get; set; }

        public bool IsOver { get; set; }
    }
}
