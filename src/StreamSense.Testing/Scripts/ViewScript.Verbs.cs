namespace StreamSense.Testing.Scripts;

/// <content>What happens in a view.</content>
public sealed partial class ViewScript
{
    /// <summary>Playback is asked for.</summary>
    /// <param name="preload">Only in advance, in case the viewer wants it.</param>
    /// <param name="live">The title is a live one.</param>
    /// <returns>This script.</returns>
    public ViewScript Request(bool preload = false, bool live = false) =>
        Send("playback_request", line => line.With("preload", preload ? true : null).With("live", live ? true : null));

    /// <summary>The first frame of the content is shown; <see cref="Play"/> sends it where this was not called.</summary>
    /// <param name="startupMs">The player's own figure in milliseconds; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript FirstFrame(decimal? startupMs = null)
    {
        _started = true;
        return Send("playback_start", line => line.With("playheadMs", Playhead).With("startupMs", startupMs));
    }

    /// <summary>The content plays; before the first time the first frame is shown.</summary>
    /// <param name="seconds">Seconds of clock time.</param>
    /// <returns>This script.</returns>
    public ViewScript Play(decimal seconds = 0m)
    {
        if (!_started)
        {
            FirstFrame();
        }

        Pass(seconds, "playing", _rate);
        return this;
    }

    /// <summary>The player runs dry and fills its buffer again.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="reason">The reason at both ends; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript Stall(decimal seconds, string? reason = null)
    {
        Send("buffer_start", line => line.With("reason", reason));
        Pass(seconds, _started ? "rebuffering" : "starting", 0m);
        return Send("buffer_end", line => line.With("reason", reason));
    }

    /// <summary>The viewer pauses and goes on.</summary>
    /// <param name="seconds">How long.</param>
    /// <returns>This script.</returns>
    public ViewScript Pause(decimal seconds)
    {
        Send("pause", line => line.With("playheadMs", Playhead));
        Pass(seconds, "paused", 0m);
        return Send("resume", line => line.With("playheadMs", Playhead));
    }

    /// <summary>The viewer jumps within the title.</summary>
    /// <param name="toSeconds">Where to, in seconds of content.</param>
    /// <param name="seconds">How long it takes until the content goes on.</param>
    /// <param name="buffers">What is there must first be loaded: the player tells of a buffering meanwhile, which is no stall.</param>
    /// <returns>This script.</returns>
    public ViewScript Seek(decimal toSeconds, decimal seconds = 0m, bool buffers = false)
    {
        Send("seek_start", line => line.With("playheadMs", Playhead));
        if (buffers)
        {
            Send("buffer_start", line => line.With("reason", "seek"));
        }

        Pass(seconds, "seeking", 0m);
        if (buffers)
        {
            Send("buffer_end", line => line.With("reason", "seek"));
        }

        _playheadMs = toSeconds * 1_000m;
        return Send("seek_end", line => line.With("playheadMs", Playhead));
    }

    /// <summary>An ad is shown to its end, or skipped.</summary>
    /// <param name="ad">The ad's id.</param>
    /// <param name="seconds">How long it is shown.</param>
    /// <param name="skipped">It ends by a skip.</param>
    /// <returns>This script.</returns>
    public ViewScript Ad(string ad, decimal seconds, bool skipped = false)
    {
        Send("ad_start", line => line.With("ad", ad));
        Pass(seconds, state: null, 0m);
        return Send(skipped ? "ad_skip" : "ad_complete", line => line.With("ad", ad));
    }

    /// <summary>A break with ads in it.</summary>
    /// <param name="name">The break's id.</param>
    /// <param name="ads">What is shown in it.</param>
    /// <param name="placement"><c>pre</c>, <c>mid</c> or <c>post</c>; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript AdBreak(string name, Action<ViewScript> ads, string? placement = null)
    {
        ArgumentNullException.ThrowIfNull(ads);
        Send("ad_break_start", line => line.With("break", name).With("placement", placement));
        ads(this);
        return Send("ad_break_end", line => line.With("break", name));
    }

    /// <summary>Another bitrate from here on.</summary>
    /// <param name="kbps">Kilobits a second.</param>
    /// <param name="mediaType"><c>video</c>, <c>audio</c> or <c>av</c>; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript Bitrate(decimal kbps, string? mediaType = null) =>
        Send("bitrate_change", line => line.With("bitrateKbps", kbps).With("mediaType", mediaType));

    /// <summary>Another speed from here on.</summary>
    /// <param name="rate">Content seconds in a second; greater than 0.</param>
    /// <returns>This script.</returns>
    public ViewScript Rate(decimal rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        _rate = rate;
        return Send("rate_change", line => line.With("rate", rate));
    }

    /// <summary>The player goes into the background, or comes back.</summary>
    /// <param name="background">Whether it is there now.</param>
    /// <returns>This script.</returns>
    public ViewScript Background(bool background = true) => Send("visibility", line => line.With("background", background));

    /// <summary>One heartbeat.</summary>
    /// <param name="state">The player's state, as the schema spells it; null leaves it out.</param>
    /// <param name="kbps">The bitrate; null leaves it out.</param>
    /// <param name="intervalMs">The interval that the player keeps; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript Heartbeat(string? state, decimal? kbps = null, decimal? intervalMs = null) => Send("heartbeat", line => line
        .With("state", state).With("intervalMs", intervalMs).With("playheadMs", Playhead).With("bitrateKbps", kbps));

    /// <summary>Something went wrong.</summary>
    /// <param name="code">The player's code.</param>
    /// <param name="fatal">It ends the view.</param>
    /// <param name="category"><c>technical</c> or <c>business</c>; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript Error(string code, bool fatal = true, string? category = null) => Send("error", line => line
        .With("code", code).With("severity", fatal ? "fatal" : "warning").With("category", category));

    /// <summary>Playback ends.</summary>
    /// <param name="reason"><c>completed</c>, <c>quit</c>, <c>error</c>, <c>timeout</c> or <c>superseded</c>.</param>
    /// <returns>This script.</returns>
    public ViewScript End(string reason = "completed") =>
        Send("playback_end", line => line.With("reason", reason).With("playheadMs", Playhead));
}
