using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace StreamSense.Stress.Fuzzing;

/// <summary>A hash over all that a decoder says, in order. Allocates nothing.</summary>
internal struct ReadingHash()
{
    private ulong _low = 0x9E3779B97F4A7C15;
    private ulong _count = 0;

    public readonly ulong Value => _low ^ (_count * 0xBF58476D1CE4E5B9);

    public void Add(ulong value)
    {
        _low = BitOperations.RotateLeft((_low ^ value) * 0x94D049BB133111EB, 29) + 0x632BE59BD9B4E019;
        _count++;
    }

    public void Add(long value) => Add((ulong)value);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        while (bytes.Length >= sizeof(ulong))
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            Add((ulong)value);
        }
    }

    public void Add(string? text) => Add(text is null ? "\0"u8 : MemoryMarshal.AsBytes(text.AsSpan()));
}
