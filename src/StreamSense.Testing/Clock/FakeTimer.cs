namespace StreamSense.Testing.Clock;

/// <summary>One timer of a <see cref="FakeTimeProvider"/>; every field but the callback is guarded by the provider's lock.</summary>
internal sealed class FakeTimer(FakeTimeProvider owner, TimerCallback callback, object? state) : ITimer
{
    internal long DueTicks { get; set; }

    internal long PeriodTicks { get; set; }

    /// <summary>Which arming of the provider this was: timers due at one moment fire in the order of their arming.</summary>
    internal long Arming { get; set; }

    internal bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => owner.Arm(this, dueTime, period);

    public void Dispose() => owner.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire() => callback(state);

    internal bool IsBefore(FakeTimer other) =>
        DueTicks != other.DueTicks ? DueTicks < other.DueTicks : Arming < other.Arming;
}
