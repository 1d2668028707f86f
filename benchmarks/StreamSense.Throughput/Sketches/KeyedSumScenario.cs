using System.Runtime.InteropServices;
using StreamSense.Core.Buffering;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Sketches;

/// <summary>Count and sum by key: the keyed table beside the fastest loop over a dictionary.</summary>
public sealed class KeyedSumScenario : IScenario
{
    private const int Piece = 256;

    /// <inheritdoc/>
    public string Name => "keyed-sums";

    /// <inheritdoc/>
    public string Summary => "Count and sum of a value by 64-bit key, rows of 16 bytes";

    /// <inheritdoc/>
    public bool DependsOnVectors => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options) => new ThroughputRunner(options).Run(this,
    [
        Case("10 k keys", SketchInput.Keys(distinct: 10_000), floor: 1.3),
        Case("1 M keys", SketchInput.Keys(distinct: 1_000_000), floor: 1.5),
        Case("1 M keys, Zipf", SketchInput.ZipfKeys(), floor: 1.3),
    ]);

    private static ThroughputCase Case(string name, ulong[] keys, double floor)
    {
        long[] values = SketchInput.Milliseconds();
        var batched = new KeyedTable<CountAndSum>(keys.Length);
        var single = new KeyedTable<CountAndSum>(keys.Length);
        var dictionary = new Dictionary<ulong, CountAndSum>();
        return new ThroughputCase(
            name,
            [
                new Contender("KeyedTable, batches", count => SketchInput.InPieces(keys, count, Piece, (input, at, length) =>
                {
                    var update = new AddValues(values.AsSpan(at, length));
                    batched.Update(input.AsSpan(at, length), ref update);
                })),
                new Contender("KeyedTable, one by one", count => SketchInput.InPieces(keys, count, Piece, (input, at, length) =>
                    AddAll(single, input.AsSpan(at, length), values.AsSpan(at, length)))),
                new Contender("Dictionary by reference", count => SketchInput.InPieces(keys, count, Piece, (input, at, length) =>
                    AddAll(dictionary, input.AsSpan(at, length), values.AsSpan(at, length)))),
            ],
            count => count,
            Threads: 1) { Floor = floor };
    }

    private static void AddAll(KeyedTable<CountAndSum> table, ReadOnlySpan<ulong> keys, ReadOnlySpan<long> values)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            ref CountAndSum row = ref table.GetOrAdd(keys[i]);
            row.Count++;
            row.Sum += values[i];
        }
    }

    private static void AddAll(Dictionary<ulong, CountAndSum> dictionary, ReadOnlySpan<ulong> keys, ReadOnlySpan<long> values)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            ref CountAndSum row = ref CollectionsMarshal.GetValueRefOrAddDefault(dictionary, keys[i], out _);
            row.Count++;
            row.Sum += values[i];
        }
    }

    private struct CountAndSum
    {
        public long Count;
        public long Sum;
    }

    private readonly ref struct AddValues(ReadOnlySpan<long> values) : IRowUpdate<CountAndSum>
    {
        private readonly ReadOnlySpan<long> _values = values;

        public void Apply(ref CountAndSum row, int position)
        {
            row.Count++;
            row.Sum += _values[position];
        }
    }
}
