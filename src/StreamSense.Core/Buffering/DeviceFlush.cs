using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace StreamSense.Core.Buffering;

/// <summary>Flushes files and folders to the device, and says so when that fails.</summary>
/// <remarks>
/// On Unix the runtime's own flush returns normally when <c>fsync</c> fails, and cannot open a folder; hence the C library. On macOS
/// <c>fsync</c> leaves the data in the drive's cache. On Windows a folder needs no flush of its own.
/// </remarks>
internal static partial class DeviceFlush
{
    private const int ReadOnlyOpen = 0;
    private const int InterruptedCall = 4;

    /// <summary>Flushes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">What it is called.</param>
    public static void File(SafeFileHandle file, string path)
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
            Flush((int)file.DangerousGetHandle(), path);
        }
        finally
        {
            if (taken)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>Flushes the names in a folder.</summary>
    /// <param name="path">The folder.</param>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, ReadOnlyOpen);
        if (descriptor < 0)
        {
            throw Failure(path);
        }

        try
        {
            Flush(descriptor, path);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void Flush(int descriptor, string path)
    {
        while (FSync(descriptor) != 0)
        {
            if (Marshal.GetLastPInvokeError() != InterruptedCall)
            {
                throw Failure(path);
            }
        }
    }

    private static IOException Failure(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{path} could not be flushed to the device: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
