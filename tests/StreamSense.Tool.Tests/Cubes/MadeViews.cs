namespace StreamSense.Tool.Tests.Cubes;

/// <summary>Four views whose figures can be worked out by hand.</summary>
/// <remarks>
/// DE: 600 s and 1,200 s, the second with a stall of 6 s. FR: 1,200 s from 20:50 to 21:10, and a start that fails after 5 s, at 21:20.
/// </remarks>
internal static class MadeViews
{
    public static string[] Lines { get; } =
    [
        """{"kind":"title","time":"2026-03-01T00:00:00Z","title":"film","type":"movie","genres":["drama","crime"],"durationMs":1200000}""",
        """{"kind":"title","time":"2026-03-01T00:00:00Z","title":"e1","type":"episode","series":"show","genres":["drama"]}""",
        """{"kind":"subscription_started","time":"2026-03-01T01:00:00Z","viewer":"ann","plan":"gold"}""",
        """{"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v1","title":"film","viewer":"ann","country":"DE","cdn":"east","asn":"64500","deviceKind":"tv","app":"tv/1"}""",
        """{"kind":"playback_start","time":"2026-03-01T20:00:01Z","view":"v1"}""",
        """{"kind":"playback_end","time":"2026-03-01T20:10:00Z","view":"v1","reason":"quit"}""",
        """{"kind":"playback_request","time":"2026-03-01T20:30:00Z","view":"v2","title":"film","viewer":"bob","country":"DE","cdn":"west","asn":"64501","deviceKind":"web","app":"web/2"}""",
        """{"kind":"playback_start","time":"2026-03-01T20:30:02Z","view":"v2"}""",
        """{"kind":"buffer_start","time":"2026-03-01T20:35:00Z","view":"v2"}""",
        """{"kind":"buffer_end","time":"2026-03-01T20:35:06Z","view":"v2"}""",
        """{"kind":"playback_end","time":"2026-03-01T20:50:00Z","view":"v2","reason":"quit"}""",
        """{"kind":"playback_request","time":"2026-03-01T20:50:00Z","view":"v3","title":"e1","viewer":"ann","country":"FR","cdn":"east","asn":"64500","deviceKind":"tv","app":"tv/1"}""",
        """{"kind":"playback_start","time":"2026-03-01T20:50:03Z","view":"v3"}""",
        """{"kind":"playback_end","time":"2026-03-01T21:10:00Z","view":"v3","reason":"quit"}""",
        """{"kind":"playback_request","time":"2026-03-01T21:20:00Z","view":"v4","title":"e1","viewer":"cem","country":"FR","cdn":"west","deviceKind":"web","app":"web/2"}""",
        """{"kind":"error","time":"2026-03-01T21:20:05Z","view":"v4","code":"no-key","severity":"fatal"}""",
        """{"kind":"playback_end","time":"2026-03-01T21:20:05Z","view":"v4","reason":"error"}""",
    ];
}
