using System.Runtime.InteropServices;

namespace StreamSense.Stress.Fuzzing;

/// <summary>Memory between two pages that nobody may touch, so that a read beyond an input ends the process.</summary>
/// <remarks>Linux; elsewhere an array of its own for each input, which catches nothing beyond what spans catch. One thread.</remarks>
internal sealed unsafe partial class GuardedBytes : IDisposable
{
    private const int PageBytes = 65_536;
    private const int NoAccess = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private readonly byte* _start;
    private readonly byte[] _fallback = [];

    public GuardedBytes(int capacity)
    {
        Capacity = (capacity + PageBytes - 1) / PageBytes * PageBytes;
        if (!OperatingSystem.IsLinux())
        {
            _fallback = new byte[Capacity];
            return;
        }

        nint mapped = Map(0, (nuint)(Capacity + (2 * PageBytes)), ReadWrite, PrivateAnonymous, -1, 0);
        if (mapped == -1
            || Protect(mapped, PageBytes, NoAccess) != 0
            || Protect(mapped + PageBytes + Capacity, PageBytes, NoAccess) != 0)
        {
            throw new InvalidOperationException("The guard pages could not be mapped.");
        }

        _start = (byte*)mapped + PageBytes;
    }

    public int Capacity { get; }

    /// <summary>Copies bytes to where a guard follows at once, or comes at once before.</summary>
    /// <remarks>What was placed before is overwritten: who kept it, and should not have, sees other bytes.</remarks>
    public ReadOnlySpan<byte> Place(ReadOnlySpan<byte> bytes, bool atStart = false)
    {
        if (_start is null)
        {
            bytes.CopyTo(_fallback);
            return _fallback.AsSpan(0, bytes.Length);
        }

        var all = new Span<byte>(_start, Capacity);
        Span<byte> place = atStart ? all[..bytes.Length] : all[^bytes.Length..];
        bytes.CopyTo(place);
        return place;
    }

    public void Dispose()
    {
        if (_start is not null)
        {
            _ = Unmap((nint)_start - PageBytes, (nuint)(Capacity + (2 * PageBytes)));
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
