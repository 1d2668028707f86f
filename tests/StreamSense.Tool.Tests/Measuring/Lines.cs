namespace StreamSense.Tool.Tests.Measuring;

/// <summary>Lines of events that the tests measure.</summary>
internal static class Lines
{
    /// <summary>A view of half an hour with a stall of three seconds, its events without <c>seq</c>.</summary>
    public static string[] OfOneView { get; } =
    [
        """{"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v1","title":"film-42","cdn":"east","country":"DE","deviceKind":"tv"}""",
        """{"kind":"playback_start","time":"2026-03-01T20:00:01.2Z","view":"v1"}""",
        """{"kind":"buffer_start","time":"2026-03-01T20:10:00Z","view":"v1"}""",
        """{"kind":"buffer_end","time":"2026-03-01T20:10:03Z","view":"v1"}""",
        """{"kind":"playback_end","time":"2026-03-01T20:30:00Z","view":"v1","reason":"quit"}""",
    ];

    /// <summary>Another view, of another title.</summary>
    public static string[] OfAnotherView { get; } =
    [
        """{"kind":"playback_request","time":"2026-03-01T20:05:00Z","view":"v2","title":"film-7","cdn":"west"}""",
        """{"kind":"playback_start","time":"2026-03-01T20:05:02Z","view":"v2"}""",
        """{"kind":"playback_end","time":"2026-03-01T20:15:00Z","view":"v2","reason":"completed"}""",
    ];
}
