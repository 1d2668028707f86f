namespace StreamSense.Core.Tests.Ingest.Json;

/// <summary>One full line of every kind of the schema.</summary>
internal static class EventLines
{
    private const string Envelope = """
        "time":"2026-03-04T05:06:07.123456Z","received":1772600768000,"source":"web","viewer":"v1","household":"h1","device":"d1","visit":"s1","country":"DE","asn":"AS3320","isp":"Telekom","deviceKind":"tv","app":"tv 4.2","variants":{"row":"b","art":"a"},"consent":["measurement","sharing"],"seq":7
        """;

    private static readonly string[] Bodies =
    [
        """ "kind":"decision","request":"r1","surface":"home","row":2,"title":"t1","position":3,"propensity":0.25,"model":"m","policy":"p" """,
        """ "kind":"impression","offer":"o1","surface":"home","row":0,"position":1,"visibleMs":1500,"weight":2.5,"request":"r1" """,
        """ "kind":"click","title":"t1","weight":10 """,
        """ "kind":"detail_view","title":"t1","surface":"home" """,
        """ "kind":"search","query":"naïve \"quoted\"","results":12 """,
        """ "kind":"list_add","title":"t1","list":"later" """,
        """ "kind":"list_remove","title":"t1" """,
        """ "kind":"rating","title":"t1","value":3.5,"scale":"stars5" """,
        """ "kind":"rating","title":"t1","value":0.5,"scale":[-1,1.5] """,
        """ "kind":"reaction","title":"t1","action":"like","playheadMs":100.5 """,
        """ "kind":"share","title":"t1","network":"mastodon" """,
        """ "kind":"comment","title":"t1" """,
        """ "kind":"playback_request","view":"w","title":"t1","autoplay":true,"preload":false,"live":true,"playheadMs":1772600767000,"request":"r1","surface":"home","row":1,"position":2 """,
        """ "kind":"playback_start","view":"w","playheadMs":0,"startupMs":812.5 """,
        """ "kind":"pause","view":"w","playheadMs":-20 """,
        """ "kind":"resume","view":"w" """,
        """ "kind":"seek_start","view":"w","playheadMs":1000 """,
        """ "kind":"seek_end","view":"w","playheadMs":90000 """,
        """ "kind":"buffer_start","view":"w","reason":"connection" """,
        """ "kind":"buffer_end","view":"w","durationMs":250.125 """,
        """ "kind":"bitrate_change","view":"w","bitrateKbps":2500,"width":1280,"height":720,"mediaType":"video" """,
        """ "kind":"rate_change","view":"w","rate":1.25 """,
        """ "kind":"heartbeat","view":"w","playheadMs":30000,"state":"playing","intervalMs":10000,"bitrateKbps":2600,"bufferMs":8000,"droppedFrames":3,"liveLatencyMs":-5 """,
        """ "kind":"visibility","view":"w","background":true """,
        """ "kind":"track_change","view":"w","track":"subtitle","language":"de" """,
        """ "kind":"cdn_change","view":"w","cdn":"c1" """,
        """ "kind":"error","view":"w","code":"E1","severity":"fatal","category":"business","message":"no\tlicence" """,
        """ "kind":"playback_end","view":"w","reason":"quit","playheadMs":31000 """,
        """ "kind":"media_request","view":"w","objectType":"av","status":200,"ttfbMs":20,"ttlbMs":200,"bytes":5000000000,"durationMs":4000,"cacheStatus":"miss","bitrateKbps":2500,"bufferMs":6000,"throughputKbps":20000,"startup":true,"starved":true,"weight":0.5 """,
        """ "kind":"ad_break_start","view":"w","break":"b1","placement":"pre" """,
        """ "kind":"ad_break_end","view":"w","break":"b1" """,
        """ "kind":"ad_start","view":"w","ad":"a1","break":"b1","durationMs":15000 """,
        """ "kind":"ad_quartile","view":"w","ad":"a1","percent":25 """,
        """ "kind":"ad_complete","view":"w","ad":"a1" """,
        """ "kind":"ad_skip","view":"w","ad":"a1" """,
        """ "kind":"ad_click","view":"w","ad":"a1" """,
        """ "kind":"trial_started","plan":"gold","periodEnd":"2026-04-04T05:06:07Z" """,
        """ "kind":"trial_converted","plan":"gold","amount":9.99,"currency":"EUR" """,
        """ "kind":"subscription_started","plan":"gold" """,
        """ "kind":"subscription_renewed","plan":"gold" """,
        """ "kind":"subscription_cancelled","plan":"gold" """,
        """ "kind":"subscription_expired","plan":"gold" """,
        """ "kind":"subscription_paused","plan":"gold" """,
        """ "kind":"plan_changed","plan":"gold" """,
        """ "kind":"billing_issue","plan":"gold" """,
        """ "kind":"refunded","plan":"gold","amount":-9.99,"currency":"EUR" """,
        """ "kind":"message_sent","channel":"push","campaign":"c","title":"t1","offer":"o" """,
        """ "kind":"message_opened","channel":"push","campaign":"c" """,
        """ "kind":"message_clicked","channel":"push","campaign":"c" """,
        """ "kind":"message_dismissed","channel":"push","campaign":"c" """,
        """ "kind":"social_mention","title":"t1","network":"mastodon","post":"p1","polarity":-0.5,"text":"meh","language":"en","likes":1,"replies":2,"shares":3,"confidence":0.9 """,
        """ "kind":"support_contact","topic":"billing" """,
        """ "kind":"login" """,
        """ "kind":"logout" """,
        """ "kind":"title","title":"t1","type":"episode","name":"One","series":"s9","season":1,"episode":2,"durationMs":2700000,"genres":["drama","x\u00e9"],"moods":[],"cast":["A B"],"languages":["de"],"published":"1931-05-11","maturity":"12","availableFrom":0,"availableUntil":"2030-01-01T00:00:00Z","countries":["DE"],"edit":"v2" """,
        """ "kind":"profile","plan":"gold","since":"2020-01-01","kids":true,"attributes":{"a":[1,2.50,{"b":null}],"c":"\u0041"} """,
        """ "kind":"custom","name":"scan","fields":{"x":1} """,
    ];

    /// <summary>A line of every kind but consent_change, whose consent is its own.</summary>
    public static IEnumerable<string> All => Bodies
        .Select(body => "{" + body.Trim() + "," + Envelope.Trim() + "}")
        .Append("""{"kind":"consent_change","time":1772600767123,"viewer":"v1","device":"d1","consent":["measurement","social"]}""")
        .Append("""{"kind":"consent_change","time":1772600767123,"device":"d1","consent":[]}""");
}
