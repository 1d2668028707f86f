using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>A ranking as bytes: its model, then a head of fixed size, then its arrays as they lie in memory.</summary>
/// <remarks>
/// <para>Model: length of what follows (i32), when it was trained (i64, least value for never), hash of the layout (u64), name and version
/// (each u16 length and UTF-8). Head: see <see cref="Head"/>. Arrays: candidates (u64), numbers of the request (f32), features (f32),
/// scores (f32), chosen (i32),
/// propensities (f32). Little-endian; numbers bit for bit, NaN included.</para>
/// </remarks>
internal static class RankingCodec
{
    /// <summary>The size of <see cref="Head"/>.</summary>
    public const int HeadBytes = 128;

    private const int ModelHeadBytes = sizeof(int) + (2 * sizeof(long)) + (2 * sizeof(ushort));
    private const long NeverTrained = long.MinValue;
    private const int MaxText = 1024;

    /// <summary>How many bytes a ranking takes.</summary>
    /// <param name="record">The ranking.</param>
    /// <param name="modelBytes">How many of them its model takes.</param>
    /// <returns>The length, or -1 if it cannot be written.</returns>
    /// <exception cref="ArgumentException">Arrays that belong together have different lengths.</exception>
    public static long LengthOf(in RankingRecord record, out int modelBytes)
    {
        int candidates = record.Candidates.Length;
        int columns = candidates == 0 ? 0 : record.Features.Length / candidates;
        if (record.Features.Length != candidates * columns
            || (record.Scores.Length != candidates && !record.Scores.IsEmpty)
            || (record.Propensities.Length != record.Chosen.Length && !record.Propensities.IsEmpty)
            || (record.Layout is { } layout && candidates > 0 && columns > 0 && layout.Count != columns))
        {
            throw new ArgumentException("The arrays of a ranking do not go together.", nameof(record));
        }

        ModelInfo model = record.Model;
        int texts = Encoding.UTF8.GetByteCount(model.Name) + Encoding.UTF8.GetByteCount(model.Version);
        modelBytes = ModelHeadBytes + texts;
        return texts > 2 * MaxText
            ? -1
            : modelBytes + HeadBytes
                + ((long)candidates * sizeof(ulong))
                + (sizeof(float) * ((long)record.Shared.Length + record.Features.Length + record.Scores.Length
                    + record.Chosen.Length + record.Propensities.Length));
    }

    /// <summary>Writes a ranking.</summary>
    /// <param name="record">The ranking.</param>
    /// <param name="modelBytes">What <see cref="LengthOf"/> said.</param>
    /// <param name="output">Room for exactly as many bytes as it has.</param>
    public static void Write(in RankingRecord record, int modelBytes, Span<byte> output)
    {
        WriteModel(record.Model, output[..modelBytes]);
        output = output[modelBytes..];
        int candidates = record.Candidates.Length;
        MemoryMarshal.Write(output, new Head
        {
            Request = record.Request,
            Surface = record.Surface,
            Time = record.Time,
            Viewer = record.Viewer,
            Household = record.Household,
            Device = record.Device,
            Visit = record.Visit,
            StorePosition = record.StorePosition,
            Dimensions = record.Dimensions,
            SurfaceName = record.SurfaceName,
            Consent = record.Consent,
            Parts = (byte)((record.Scores.IsEmpty ? 0 : ScoresPart) | (record.Propensities.IsEmpty ? 0 : PropensitiesPart)),
            Candidates = candidates,
            Columns = candidates == 0 ? 0 : record.Features.Length / candidates,
            Chosen = record.Chosen.Length,
            Shared = record.Shared.Length,
            View = record.View,
            Cdn = record.Cdn,
            Position = record.Position ?? Absent.Number,
        });
        output = output[HeadBytes..];
        Put(record.Candidates, ref output);
        Put(record.Shared, ref output);
        Put(record.Features, ref output);
        Put(record.Scores, ref output);
        Put(record.Chosen, ref output);
        Put(record.Propensities, ref output);
    }

    /// <summary>The bytes of the model at the start of a ranking.</summary>
    public static ReadOnlySpan<byte> ModelOf(ReadOnlySpan<byte> record) => record[..BinaryPrimitives.ReadInt32LittleEndian(record)];

    /// <summary>Reads a model.</summary>
    /// <returns>Null if the bytes are not those of one.</returns>
    public static ModelInfo? ReadModel(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ModelHeadBytes || BinaryPrimitives.ReadInt32LittleEndian(bytes) != bytes.Length)
        {
            return null;
        }

        long trained = BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]);
        ulong layout = BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]);
        ReadOnlySpan<byte> texts = bytes[20..];
        return TryTakeText(ref texts, out string name) && TryTakeText(ref texts, out string version) && texts.IsEmpty
            ? new ModelInfo(name, version, layout, trained == NeverTrained ? null : new EventTime(trained))
            : null;
    }

    /// <summary>Reads the part of a ranking behind its model.</summary>
    /// <param name="body">The bytes; the record refers to them.</param>
    /// <param name="model">The model.</param>
    /// <param name="layout">What the columns mean; null if that is not known.</param>
    /// <param name="record">The ranking.</param>
    /// <returns>False if the bytes are not those of one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, ModelInfo model, FeatureLayout? layout, out RankingRecord record)
    {
        record = default;
        if (body.Length < HeadBytes)
        {
            return false;
        }

        Head head = MemoryMarshal.Read<Head>(body);
        ReadOnlySpan<byte> rest = body[HeadBytes..];
        long features = (long)head.Candidates * head.Columns;
        if (head.Candidates < 0 || head.Columns < 0 || head.Chosen < 0 || head.Shared < 0
            || !TryTake(ref rest, head.Candidates, out ReadOnlySpan<TitleId> candidates)
            || !TryTake(ref rest, head.Shared, out ReadOnlySpan<float> shared)
            || !TryTake(ref rest, features, out ReadOnlySpan<float> columns)
            || !TryTake(ref rest, (head.Parts & ScoresPart) != 0 ? head.Candidates : 0, out ReadOnlySpan<float> scores)
            || !TryTake(ref rest, head.Chosen, out ReadOnlySpan<int> chosen)
            || !TryTake(ref rest, (head.Parts & PropensitiesPart) != 0 ? head.Chosen : 0, out ReadOnlySpan<float> propensities)
            || !rest.IsEmpty
            || !AreIndices(chosen, head.Candidates)
            || (layout is not null && head.Columns > 0 && layout.Count != head.Columns))
        {
            return false;
        }

        record = new RankingRecord
        {
            Request = head.Request,
            Surface = head.Surface,
            Time = head.Time,
            Viewer = head.Viewer,
            Household = head.Household,
            Device = head.Device,
            Visit = head.Visit,
            StorePosition = head.StorePosition,
            Dimensions = head.Dimensions,
            SurfaceName = head.SurfaceName,
            Consent = head.Consent,
            Model = model,
            Layout = layout,
            View = head.View,
            Cdn = head.Cdn,
            Position = head.Position == Absent.Number ? null : head.Position,
            Shared = shared,
            Candidates = candidates,
            Features = columns,
            Scores = scores,
            Chosen = chosen,
            Propensities = propensities,
        };
        return true;
    }

    /// <summary>The dimensions of a ranking, as they stand behind its model.</summary>
    public static ref Head HeadOf(Span<byte> body) => ref MemoryMarshal.AsRef<Head>(body);

    private const byte ScoresPart = 1;
    private const byte PropensitiesPart = 2;

    private static void WriteModel(ModelInfo model, Span<byte> output)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output, output.Length);
        BinaryPrimitives.WriteInt64LittleEndian(output[4..], model.TrainedAt?.UnixMicroseconds ?? NeverTrained);
        BinaryPrimitives.WriteUInt64LittleEndian(output[12..], model.LayoutHash);
        Span<byte> texts = output[20..];
        PutText(model.Name, ref texts);
        PutText(model.Version, ref texts);
    }

    private static void PutText(string text, ref Span<byte> output)
    {
        int length = Encoding.UTF8.GetBytes(text, output[sizeof(ushort)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(output, (ushort)length);
        output = output[(sizeof(ushort) + length)..];
    }

    private static bool TryTakeText(ref ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (bytes.Length < sizeof(ushort) || bytes.Length < sizeof(ushort) + BinaryPrimitives.ReadUInt16LittleEndian(bytes))
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        text = Encoding.UTF8.GetString(bytes.Slice(sizeof(ushort), length));
        bytes = bytes[(sizeof(ushort) + length)..];
        return true;
    }

    private static void Put<T>(ReadOnlySpan<T> values, ref Span<byte> output)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(output);
        output = output[bytes.Length..];
    }

    private static bool TryTake<T>(scoped ref ReadOnlySpan<byte> bytes, long count, out ReadOnlySpan<T> values)
        where T : unmanaged
    {
        values = default;
        long length = count * Unsafe.SizeOf<T>();
        if (length > bytes.Length)
        {
            return false;
        }

        values = MemoryMarshal.Cast<byte, T>(bytes[..(int)length]);
        bytes = bytes[(int)length..];
        return true;
    }

    private static bool AreIndices(ReadOnlySpan<int> chosen, int candidates)
    {
        foreach (int index in chosen)
        {
            if ((uint)index >= (uint)candidates)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What of a ranking has a fixed size.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1, Size = HeadBytes)]
    internal struct Head
    {
        public RequestId Request;
        public ulong Surface;
        public EventTime Time;
        public ViewerId Viewer;
        public HouseholdId Household;
        public DeviceId Device;
        public VisitId Visit;
        public long StorePosition;
        public EventContext Dimensions;
        public ViewId View;
        public Symbol SurfaceName;
        public Symbol Cdn;
        public ConsentPurposes Consent;
        public byte Parts;
        public int Candidates;
        public int Columns;
        public int Chosen;
        public int Shared;
        public int Position;
    }
}
