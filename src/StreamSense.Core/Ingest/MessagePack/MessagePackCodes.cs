using System.Buffers.Binary;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>The first bytes of the encodings.</summary>
internal static class MessagePackCodes
{
    public const byte FixMap = 0x80;
    public const byte FixArray = 0x90;
    public const byte FixText = 0xa0;
    public const byte Nil = 0xc0;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Binary8 = 0xc4;
    public const byte Extension8 = 0xc7;
    public const byte Float32 = 0xca;
    public const byte Float64 = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte UInt16 = 0xcd;
    public const byte UInt32 = 0xce;
    public const byte UInt64 = 0xcf;
    public const byte Int8 = 0xd0;
    public const byte Int16 = 0xd1;
    public const byte Int32 = 0xd2;
    public const byte Int64 = 0xd3;
    public const byte FixExtension1 = 0xd4;
    public const byte Text8 = 0xd9;
    public const byte Array16 = 0xdc;
    public const byte Map16 = 0xde;
    public const byte NegativeFixInt = 0xe0;
    public const sbyte TimestampType = -1;

    private const uint NanosecondsPerSecond = 1_000_000_000;

    /// <summary>What a value is that begins with a byte.</summary>
    public static MessagePackType TypeOf(byte code) => code switch
    {
        < FixMap or >= NegativeFixInt => MessagePackType.Integer,
        < FixArray => MessagePackType.Map,
        < FixText => MessagePackType.Array,
        < Nil => MessagePackType.Text,
        Nil => MessagePackType.Nil,
        False or True => MessagePackType.Boolean,
        >= Binary8 and < Extension8 => MessagePackType.Binary,
        >= Extension8 and < Float32 => MessagePackType.Extension,
        Float32 or Float64 => MessagePackType.Float,
        >= UInt8 and <= Int64 => MessagePackType.Integer,
        >= FixExtension1 and < Text8 => MessagePackType.Extension,
        >= Text8 and < Array16 => MessagePackType.Text,
        >= Array16 and < Map16 => MessagePackType.Array,
        >= Map16 and < NegativeFixInt => MessagePackType.Map,
        _ => MessagePackType.None,
    };

    /// <summary>How many bytes follow the first one of a value of fixed size.</summary>
    public static int FixedSizeOf(byte code) => code switch
    {
        UInt8 or Int8 => 1,
        UInt16 or Int16 => 2,
        UInt32 or Int32 or Float32 => 4,
        UInt64 or Int64 or Float64 => 8,
        _ => 0,
    };

    /// <summary>How many bytes the length takes after the first byte; where it is 0, the first byte says the length.</summary>
    public static int LengthWidthOf(byte code, out uint length)
    {
        length = code switch
        {
            < FixText => code & 15u,
            < Nil => code & 31u,
            >= FixExtension1 and < Text8 => 1u << (code - FixExtension1),
            _ => 0,
        };
        return code switch
        {
            Binary8 or Extension8 or Text8 => 1,
            Binary8 + 1 or Extension8 + 1 or Text8 + 1 or Array16 or Map16 => 2,
            Binary8 + 2 or Extension8 + 2 or Text8 + 2 or Array16 + 1 or Map16 + 1 => 4,
            _ => 0,
        };
    }

    /// <summary>The whole number that bytes of the right length spell: as it is, or as a two's complement if it is negative.</summary>
    public static ulong WholeOf(ReadOnlySpan<byte> bytes, out bool isNegative)
    {
        byte code = bytes[0];
        long signed;
        switch (code)
        {
            case < FixMap:
                isNegative = false;
                return code;
            case >= UInt8 and <= UInt64:
                isNegative = false;
                return BigEndian(bytes[1..]);
            case Int8:
                signed = (sbyte)bytes[1];
                break;
            case Int16:
                signed = BinaryPrimitives.ReadInt16BigEndian(bytes[1..]);
                break;
            case Int32:
                signed = BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
                break;
            case Int64:
                signed = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
                break;
            default:
                signed = (sbyte)code;
                break;
        }

        isNegative = signed < 0;
        return (ulong)signed;
    }

    /// <summary>A number without sign of 1, 2, 4 or 8 bytes.</summary>
    public static ulong BigEndian(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };

    /// <summary>Reads the data of a timestamp extension.</summary>
    public static bool TryParseTimestamp(ReadOnlySpan<byte> data, out long seconds, out uint nanoseconds)
    {
        nanoseconds = 0;
        switch (data.Length)
        {
            case 4:
                seconds = BinaryPrimitives.ReadUInt32BigEndian(data);
                break;
            case 8:
                ulong both = BinaryPrimitives.ReadUInt64BigEndian(data);
                nanoseconds = (uint)(both >> 34);
                seconds = (long)(both & 0x3_ffff_ffff);
                break;
            case 12:
                nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(data);
                seconds = BinaryPrimitives.ReadInt64BigEndian(data[4..]);
                break;
            default:
                seconds = 0;
                return false;
        }

        return nanoseconds < NanosecondsPerSecond;
    }
}
