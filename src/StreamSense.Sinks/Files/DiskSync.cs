using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StreamSense.Sinks.Files;

/// <summary>Flushes files and directories to the device, and says so when that fails.</summary>
/// <remarks>
/// On Unix the runtime's own flush to disk returns normally when <c>fsync</c> fails, and it cannot open a directory; hence the calls of
/// the C
/// library. On macOS <c>fsync</c> leaves the data in the drive's cache. On Windows a directory needs no flush of its own.
/// </remarks>
internal static partial class DiskSync
{
    private const int ReadOnlyOpen = 0;
    private const int InterruptedCall = 4;

    public static void SyncFile(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        bool taken = false;
        try
        {
            file.DangerousAddRef(ref taken);
            Sync((int)file.DangerousGetHandle());
        }
        finally
        {
            if (taken)
            {
                file.DangerousRelease();
            }
        }
    }

    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(directory, ReadOnlyOpen);
        if (descriptor < 0)
        {
            throw Failure("opened to be flushed");
        }

        try
        {
            Sync(descriptor);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void Sync(int descriptor)
    {
        while (FSync(descriptor) != 0)
        {
            if (Marshal.GetLastPInvokeError() != InterruptedCall)
            {
                throw Failure("flushed to disk");
            }
        }
    }

    private static IOException Failure(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"A file of events or its directory could not be {what}: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
