using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.MessagePack;

namespace StreamSense.Stress.Fuzzing.Grammars;

/// <summary>Writes MessagePack: values of every code, lengths that are true and that are not, batches with true checksums.</summary>
/// <param name="records">Writes the canonical records that batches are made of.</param>
internal sealed class MessagePackGrammar(JsonGrammar records)
{
    private const byte Ext8 = 0xc7;
    private readonly FuzzText _record = new();

    /// <summary>Writes some values.</summary>
    public static void WriteValues(FuzzRandom random, FuzzText output)
    {
        bool isWild = random.Once(3);
        for (int i = random.Below(random.Once(20) ? 200 : 6); i >= 0; i--)
        {
            WriteValue(random, output, depth: 0, isWild);
        }
    }

    /// <summary>Writes some batches.</summary>
    public void WriteBatches(FuzzRandom random, FuzzText output)
    {
        for (int i = random.Below(4); i >= 0; i--)
        {
            byte[] body = random.Once(8) ? HandMade(random) : Encoded(random);
            if (random.Once(3))
            {
                body = ByteMutator.Mutate(random, body, HandMade(random), body.Length + 4096);
            }

            WriteBatch(random, output, body, isWild: random.Once(6));
        }
    }

    // The body of a batch of the encoder.
    private byte[] Encoded(FuzzRandom random)
    {
        var writer = new EventBatchWriter();
        int wildness = random.Pick([0, 0, 30, 8]);
        for (int i = random.Below(random.Once(10) ? 60 : 6); i >= 0; i--)
        {
            _record.Clear();
            records.WriteRecord(random, _record, wildness);
            if (_record.Length is > 0 and < 20_000)
            {
                writer.AddLine(_record.Written);
            }
        }

        var batch = new FuzzText();
        writer.Flush(batch.Writer);
        return BatchHead.TryRead(batch.Written, out BatchHead head, out _)
            ? batch.Written.Slice(head.BodyStart, (int)head.BodyBytes).ToArray()
            : [];
    }

    // Texts, rows and events of any values.
    private static byte[] HandMade(FuzzRandom random)
    {
        var body = new FuzzText();
        var writer = new MessagePackWriter(body.Writer);
        for (int part = 0; part < 3; part++)
        {
            int count = random.Below(4);
            writer.WriteArrayHeader(random.Once(10) ? random.Below(100_000) : count);
            for (int i = 0; i < count; i++)
            {
                if (part == 2)
                {
                    writer.WriteArrayHeader(random.Once(10) ? random.Below(9) : BatchFormat.EventElements);
                    writer.Write((long)random.Below(3) - 1);
                    writer.Write((long)random.Below(60));
                    writer.Write(1_772_359_200_000_000L + random.Below(1_000_000));
                }

                WriteMap(random, body, depth: 1);
            }
        }

        return body.Written.ToArray();
    }

    private static void WriteBatch(FuzzRandom random, FuzzText output, byte[] body, bool isWild)
    {
        var batch = new FuzzText();
        var writer = new MessagePackWriter(batch.Writer);
        writer.WriteArrayHeader(BatchFormat.Elements);
        writer.WriteText(BatchFormat.Magic);
        writer.Write(isWild && random.Once(3) ? (long)(random.Next() >> random.Below(64)) : BatchFormat.Major);
        writer.Write((long)BatchFormat.Minor);
        writer.Write(isWild && random.Once(3) ? random.Next() >> random.Below(64) : (ulong)CountOf(body));
        if (isWild && random.Once(3))
        {
            Span<byte> head = stackalloc byte[5];
            head[0] = 0xc6;
            BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)(random.Next() >> (32 + random.Below(32))));
            batch.Add(head);
        }
        else
        {
            writer.WriteBinaryHeader(body.Length);
        }

        batch.Add(body);
        uint sum = Crc32C.Append(Crc32C.Empty, batch.Written);
        Span<byte> checksum = [0xc4, sizeof(uint), 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(checksum[2..], isWild && random.Once(3) ? BitOperations.RotateLeft(sum, 1) : sum);
        output.Add(batch.Written).Add(checksum);
    }

    // The events that the body holds, if it is one.
    private static int CountOf(byte[] body)
    {
        var reader = new MessagePackReader(body);
        for (int part = 0; part < 2; part++)
        {
            if (!reader.TrySkip())
            {
                return 1;
            }
        }

        return reader.TryReadArrayHeader(out int count) ? count : 1;
    }

    private static void WriteMap(FuzzRandom random, FuzzText output, int depth)
    {
        int pairs = random.Below(5);
        output.Add((byte)(0x80 | pairs));
        for (int i = 0; i < pairs; i++)
        {
            WriteValue(random, output, depth + 3, isWild: random.Once(6));
            WriteValue(random, output, depth + 1, isWild: random.Once(6));
        }
    }

    private static void WriteValue(FuzzRandom random, FuzzText output, int depth, bool isWild)
    {
        if (isWild && random.Once(10))
        {
            output.Add((byte)random.Next());
            return;
        }

        switch (random.Below(depth > 14 ? 7 : 10))
        {
            case 0:
                output.Add((byte)(0xc0 + random.Below(4)));
                break;
            case 1 or 2:
                // An integer or a float: its code, then as many bytes as it says.
                byte code = (byte)(0xca + random.Below(10));
                output.Add(code);
                AddRandom(random, output, code <= 0xcb ? 4 << (code - 0xca) : 1 << ((code - 0xcc) & 3));
                break;
            case 3:
                output.Add((byte)random.Below(128));
                break;
            case 4:
                byte[] text = Encoding.UTF8.GetBytes(WildValues.Text(random));
                AddHead(random, output, 0xd9, text.Length, isWild);
                output.Add(text);
                break;
            case 5:
                int length = random.Length(300);
                AddHead(random, output, 0xc4, length, isWild);
                AddRandom(random, output, length);
                break;
            case 6:
                int size = random.Pick([0, 1, 2, 4, 8, 12, 16, 40]);
                AddHead(random, output, Ext8, size, isWild);
                output.Add(random.Once(2) ? (byte)0xff : (byte)random.Below(4));
                AddRandom(random, output, size);
                break;
            case 7:
                WriteMap(random, output, depth);
                break;
            default:
                int count = random.Below(6);
                output.Add((byte)(0x90 | (isWild ? random.Below(16) : count)));
                for (int i = 0; i < count; i++)
                {
                    WriteValue(random, output, depth + 1, isWild);
                }

                break;
        }
    }

    // The head of a text, a binary or an extension of 8, 16 or 32 bits.
    private static void AddHead(FuzzRandom random, FuzzText output, byte code8, int length, bool isWild)
    {
        long said = isWild && random.Once(4) ? (long)(random.Next() >> random.Below(64)) : length;
        int width = length > ushort.MaxValue ? 2 : length > byte.MaxValue ? 1 + random.Below(2) : random.Below(3);
        output.Add((byte)(code8 + width));
        for (int shift = (8 << width) - 8; shift >= 0; shift -= 8)
        {
            output.Add((byte)(said >> shift));
        }
    }

    private static void AddRandom(FuzzRandom random, FuzzText output, int count)
    {
        for (int i = 0; i < count; i++)
        {
            output.Add((byte)random.Next());
        }
    }
}
