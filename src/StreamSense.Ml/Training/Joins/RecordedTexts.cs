using System.Buffers.Binary;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Joins;

/// <summary>The annexes of recorded events: pages that are only ever appended to.</summary>
/// <remarks>A handle is the number of the entry, from 1.</remarks>
internal sealed class RecordedTexts : AnnexReader
{
    private const int PageBytes = 1 << 20;

    private readonly List<byte[]> _pages = [];
    private readonly List<(int Page, int Offset)> _entries = [];
    private int _used = PageBytes;

    public AnnexHandle Add(ReadOnlySpan<byte> annex)
    {
        if (annex.IsEmpty)
        {
            return AnnexHandle.None;
        }

        int size = sizeof(int) + annex.Length;
        if (_pages.Count == 0 || _used + size > _pages[^1].Length)
        {
            _pages.Add(new byte[Math.Max(PageBytes, size)]);
            _used = 0;
        }

        Span<byte> target = _pages[^1].AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(target, annex.Length);
        annex.CopyTo(target[sizeof(int)..]);
        _entries.Add((_pages.Count - 1, _used));
        _used += size;
        return new AnnexHandle((uint)_entries.Count);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(AnnexHandle handle)
    {
        if (handle.IsNone)
        {
            return default;
        }

        (int page, int offset) = _entries[(int)handle.Value - 1];
        ReadOnlySpan<byte> entry = _pages[page].AsSpan(offset);
        return entry.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(entry));
    }
}
