using Microsoft.Win32.SafeHandles;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

public sealed class DeviceFlushTests
{
    [SkippableFact]
    public void File_FlushFails_Throws()
    {
        // The runtime's own flush returns normally here; who trusted it would call written what was lost.
        Skip.IfNot(OperatingSystem.IsLinux(), "Linux refuses to flush this device");
        using SafeFileHandle device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);
        Assert.Throws<IOException>(() => DeviceFlush.File(device, "/dev/null"));
    }

    [Fact]
    public void Folder_ThatIsThereOrNot_IsFlushedOrThrows()
    {
        DeviceFlush.Folder(Path.GetTempPath());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Throws<IOException>(() => DeviceFlush.Folder(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
        }
    }
}
