using System.Buffers.Binary;
using System.Numerics;

namespace StreamSense.Core.Events;

/// <summary>The CRC-32C (Castagnoli) checksum, with the processor's own instruction where there is one.</summary>
/// <remarks>As of RFC 3720, appendix B.4: initial value and final complement are all ones.</remarks>
internal static class Crc32C
{
    /// <summary>The checksum of nothing; also the state to begin with.</summary>
    public const uint Empty = 0;

    /// <summary>Goes on with a checksum.</summary>
    /// <param name="checksum">The checksum of what came before.</param>
    /// <param name="bytes">What follows.</param>
    /// <returns>The checksum of both.</returns>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }
}
