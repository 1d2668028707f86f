using System.Buffers;

namespace StreamSense.Core.Sketches;

/// <summary>A small summary of many values: start, add, merge, result; and bytes that another process can go on with.</summary>
/// <remarks>
/// <para>Merging is associative and commutative, a new sketch of the same parameters is its identity, and merging the sketches of parts is
/// the same as one sketch of the whole: exactly, or within the error that the sketch states.</para>
/// <para>Sketches are not thread-safe. The bytes are little-endian and begin with a format number and a version; a later release reads what
/// an earlier one wrote.</para>
/// </remarks>
/// <typeparam name="TSelf">The sketch.</typeparam>
public interface ISketch<TSelf>
    where TSelf : ISketch<TSelf>
{
    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="bytes">The bytes of one sketch and no more.</param>
    /// <returns>The sketch.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those of such a sketch.</exception>
    static abstract TSelf Read(ReadOnlySpan<byte> bytes);

    /// <summary>Adds all that another sketch has seen.</summary>
    /// <param name="other">The other sketch; unchanged.</param>
    /// <exception cref="ArgumentException">Its parameters do not go with this one's.</exception>
    void Merge(TSelf other);

    /// <summary>Forgets everything and keeps the parameters and the room.</summary>
    void Clear();

    /// <summary>Writes the sketch as bytes.</summary>
    /// <param name="output">Where to.</param>
    void WriteTo(IBufferWriter<byte> output);
}
