using StreamSense.Core.Events;

namespace StreamSense.Core.Admission.Identity;

/// <summary>A login or logout on a device.</summary>
/// <param name="At">From when it holds.</param>
/// <param name="Viewer">Who.</param>
/// <param name="IsLogin">Whether it is a login.</param>
/// <param name="MayJoin">Whether the viewer allows the device's events to be theirs.</param>
internal readonly record struct DeviceChange(EventTime At, ViewerId Viewer, bool IsLogin, bool MayJoin)
{
    /// <summary>Whether it stands before another: by time; at one moment who leaves makes room for who comes.</summary>
    public bool IsBefore(in DeviceChange other)
    {
        if (At != other.At)
        {
            return At < other.At;
        }

        return IsLogin == other.IsLogin ? Viewer.Value < other.Viewer.Value : !IsLogin;
    }

    /// <summary>Whether it says the same, but for consent.</summary>
    public bool IsSameAs(in DeviceChange other) => At == other.At && Viewer == other.Viewer && IsLogin == other.IsLogin;
}
