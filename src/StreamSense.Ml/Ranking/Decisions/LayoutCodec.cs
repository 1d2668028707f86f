using System.Buffers.Binary;
using System.Text;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>A feature layout as bytes; see <see cref="DecisionFrameKind.Layout"/>.</summary>
internal static class LayoutCodec
{
    private const int HeadBytes = sizeof(ulong) + sizeof(int);
    private const int FeatureHeadBytes = 1 + sizeof(int) + sizeof(ushort);

    public static byte[] Write(FeatureLayout layout)
    {
        byte[] bytes = new byte[HeadBytes
            + layout.Features.Sum(feature => FeatureHeadBytes + Encoding.UTF8.GetByteCount(feature.Name))];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, layout.Hash);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(ulong)), layout.Count);
        Span<byte> rest = bytes.AsSpan(HeadBytes);
        foreach (FeatureDefinition feature in layout.Features)
        {
            rest[0] = (byte)feature.Scope;
            BinaryPrimitives.WriteInt32LittleEndian(rest[1..], feature.Revision);
            int length = Encoding.UTF8.GetBytes(feature.Name, rest[FeatureHeadBytes..]);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[(1 + sizeof(int))..], (ushort)length);
            rest = rest[(FeatureHeadBytes + length)..];
        }

        return bytes;
    }

    /// <summary>Reads a layout.</summary>
    /// <returns>Null if the bytes are not those of one, or it does not hash to what they say.</returns>
    public static FeatureLayout? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes)
        {
            return null;
        }

        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(ulong)..]);
        bytes = bytes[HeadBytes..];
        if (count < 1 || count > bytes.Length / FeatureHeadBytes)
        {
            return null;
        }

        var features = new FeatureDefinition[count];
        for (int i = 0; i < count; i++)
        {
            int length = bytes.Length < FeatureHeadBytes ? -1 : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(1 + sizeof(int))..]);
            if (length < 0 || bytes.Length < FeatureHeadBytes + length)
            {
                return null;
            }

            features[i] = new FeatureDefinition(
                Encoding.UTF8.GetString(bytes.Slice(FeatureHeadBytes, length)),
                (FeatureScope)bytes[0],
                BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]));
            bytes = bytes[(FeatureHeadBytes + length)..];
        }

        // A name may stand twice only in bytes that no layout wrote.
        return bytes.IsEmpty && features.DistinctBy(feature => feature.Name, StringComparer.Ordinal).Count() == count
            && new FeatureLayout(features) is var layout && layout.Hash == hash
            ? layout
            : null;
    }
}
