using System.Buffers.Binary;
using System.Security.Cryptography;

namespace StreamSense.Ml.Features.State;

/// <summary>The tables of an engine as bytes.</summary>
/// <remarks>
/// Little-endian. Eight bytes of mark and version, the hash of the features, the position, the number of tables; for each table its words a
/// row,
/// its number of rows, and the rows from longest not written to latest: key, words. At the end the SHA-256 of all that.
/// </remarks>
internal static class FeatureStateFile
{
    private const ulong Mark = 0x31_30_54_41_45_46_53_53; // "SSFEAT01"
    private const int BufferBytes = 64 * 1024;

    /// <summary>Writes tables.</summary>
    public static void Write(Stream destination, ulong featuresHash, long position, IReadOnlyList<StateTable> tables)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var writer = new WordWriter(destination, hash);
        writer.Write(Mark);
        writer.Write(featuresHash);
        writer.Write((ulong)position);
        writer.Write((ulong)tables.Count);
        foreach (StateTable table in tables)
        {
            writer.Write((ulong)table.Words);
            writer.Write((ulong)table.Count);
            for (int row = table.Oldest; row >= 0; row = table.NextWritten(row))
            {
                writer.Write(table.KeyOf(row));
                foreach (long word in table.RowAt(row))
                {
                    writer.Write((ulong)word);
                }
            }
        }

        writer.Flush();
        destination.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads tables, which are empty; after an exception they still are.</summary>
    /// <returns>The position.</returns>
    /// <exception cref="InvalidDataException">It is no such file, it is damaged, or was kept for other features.</exception>
    public static long Read(Stream source, ulong featuresHash, IReadOnlyList<StateTable> tables)
    {
        try
        {
            return ReadTables(source, featuresHash, tables);
        }
        catch
        {
            foreach (StateTable table in tables)
            {
                table.Clear();
            }

            throw;
        }
    }

    private static long ReadTables(Stream source, ulong featuresHash, IReadOnlyList<StateTable> tables)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new WordReader(source, hash);
        Require(reader.Read() == Mark, "it is no file of features, or one of another version.");
        Require(reader.Read() == featuresHash, "it was kept for other features.");
        long position = (long)reader.Read();
        Require(reader.Read() == (ulong)tables.Count, "it has other tables.");
        foreach (StateTable table in tables)
        {
            Require(reader.Read() == (ulong)table.Words, "its rows are of another size.");
            for (ulong rows = reader.Read(); rows > 0; rows--)
            {
                Span<long> words = table.BeginWrite(reader.Read(), out int row);
                try
                {
                    foreach (ref long word in words)
                    {
                        word = (long)reader.Read();
                    }
                }
                finally
                {
                    table.EndWrite(row);
                }
            }
        }

        byte[] expected = hash.GetHashAndReset();
        byte[] found = new byte[expected.Length];
        int length = source.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        Require(length == found.Length && found.AsSpan().SequenceEqual(expected), "its checksum does not fit.");
        return position;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidDataException($"State cannot be restored: {problem}");
        }
    }

    private sealed class WordWriter(Stream destination, IncrementalHash hash)
    {
        private readonly byte[] _buffer = new byte[BufferBytes];
        private int _length;

        public void Write(ulong word)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), word);
            _length += sizeof(ulong);
            if (_length == _buffer.Length)
            {
                Flush();
            }
        }

        public void Flush()
        {
            hash.AppendData(_buffer, 0, _length);
            destination.Write(_buffer, 0, _length);
            _length = 0;
        }
    }

    private sealed class WordReader(Stream source, IncrementalHash hash)
    {
        private readonly byte[] _word = new byte[sizeof(ulong)];

        public ulong Read()
        {
            Require(source.ReadAtLeast(_word, _word.Length, throwOnEndOfStream: false) == _word.Length, "it ends too early.");
            hash.AppendData(_word);
            return BinaryPrimitives.ReadUInt64LittleEndian(_word);
        }
    }
}
