using System.Buffers.Binary;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>Keeps the annexes of a closed set: pages that are only ever appended to.</summary>
/// <remarks>Holds up to 4 GiB. One thread writes; reading is safe once writing has ended.</remarks>
internal sealed class AnnexArena : AnnexReader
{
    private const int PageBits = 20;
    private const int PageSize = 1 << PageBits;
    private const int HeaderSize = sizeof(int);
    private const int MaxPages = 1 << (32 - PageBits);

    private readonly List<byte[]> _pages = [];

    // Offset 0 stands for "no annex", so the first page begins behind it.
    private int _used = PageSize;

    /// <summary>Appends an annex.</summary>
    /// <param name="annex">The bytes; empty gives <see cref="AnnexHandle.None"/>.</param>
    /// <param name="handle">Where it lies now.</param>
    /// <returns>False if it is larger than a page or the arena is full.</returns>
    public bool TryAdd(ReadOnlySpan<byte> annex, out AnnexHandle handle)
    {
        handle = AnnexHandle.None;
        if (annex.IsEmpty)
        {
            return true;
        }

        int size = HeaderSize + annex.Length;
        if (_used + size > PageSize)
        {
            if (size > PageSize - HeaderSize || _pages.Count == MaxPages)
            {
                return false;
            }

            _pages.Add(new byte[PageSize]);
            _used = HeaderSize;
        }

        Span<byte> target = _pages[^1].AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(target, annex.Length);
        annex.CopyTo(target[HeaderSize..]);
        handle = new AnnexHandle(((uint)(_pages.Count - 1) << PageBits) | (uint)_used);
        _used += size;
        return true;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(AnnexHandle handle)
    {
        if (handle.IsNone)
        {
            return default;
        }

        ReadOnlySpan<byte> entry = _pages[(int)(handle.Value >> PageBits)].AsSpan((int)(handle.Value & (PageSize - 1)));
        return entry.Slice(HeaderSize, BinaryPrimitives.ReadInt32LittleEndian(entry));
    }
}
