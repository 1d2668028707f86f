namespace StreamSense.Stress.Fuzzing;

/// <summary>Records that are right, written by hand: what grammars go out from.</summary>
internal static class FuzzModels
{
    /// <summary>Canonical events, of every shape of payload.</summary>
    public static IReadOnlyList<string> Events { get; } =
    [
        """{"kind":"playback_request","time":"2026-03-01T10:00:00Z","id":"e1","seq":1,"source":"web","viewer":"u1","device":"d1","view":"v1","title":"t1","autoplay":true,"playheadMs":0}""",
        """{"kind":"playback_start","time":1772359201000.5,"sent":1772359201100,"view":"v1","seq":2,"playheadMs":0,"startupMs":850,"country":"NO","cdn":"a","asn":"AS1","isp":"x","deviceKind":"tv","app":"tv 1.2"}""",
        """{"kind":"heartbeat","time":1772359211000,"view":"v1","seq":3,"playheadMs":10000,"state":"playing","intervalMs":10000,"bitrateKbps":3000,"bufferMs":8000,"droppedFrames":0,"liveLatencyMs":4000}""",
        """{"kind":"buffer_start","time":1772359212000,"view":"v1","reason":"connection"}""",
        """{"kind":"buffer_end","time":1772359213000,"view":"v1","durationMs":1000}""",
        """{"kind":"bitrate_change","time":1772359214000,"view":"v1","bitrateKbps":5000,"width":1920,"height":1080,"mediaType":"video"}""",
        """{"kind":"seek_end","time":1772359215000,"view":"v1","playheadMs":60000}""",
        """{"kind":"rate_change","time":1772359215000,"view":"v1","rate":1.5}""",
        """{"kind":"visibility","time":1772359215000,"view":"v1","background":true}""",
        """{"kind":"track_change","time":1772359215000,"view":"v1","track":"subtitle","language":"nb"}""",
        """{"kind":"error","time":1772359216000,"view":"v1","code":"E1","severity":"fatal","category":"technical","message":"no \"key\""}""",
        """{"kind":"playback_end","time":1772359217000,"view":"v1","reason":"completed","playheadMs":70000}""",
        """{"kind":"media_request","time":1772359218000,"objectType":"v","status":200,"ttfbMs":20,"ttlbMs":90.5,"bytes":123456,"durationMs":4000,"cacheStatus":"hit","bitrateKbps":3000,"bufferMs":1,"throughputKbps":9,"startup":true,"starved":false,"weight":2.5}""",
        """{"kind":"impression","time":1772359219000,"title":"t2","surface":"home","row":"r1","position":3,"request":"q1","variants":{"exp":"b","other":"a"},"visibleMs":1200,"consent":["measurement","personalisation"]}""",
        """{"kind":"decision","time":1772359219000,"request":"q1","surface":"home","title":"t2","position":3,"propensity":0.25,"model":"m1","policy":"p"}""",
        """{"kind":"search","time":1772359219000,"query":"caf\u00e9","results":7,"viewer":"u1"}""",
        """{"kind":"rating","time":1772359220000,"viewer":"u1","title":"t2","value":4.5,"scale":"stars5"}""",
        """{"kind":"rating","time":1772359220000,"viewer":"u1","title":"t2","value":7,"scale":[1,10]}""",
        """{"kind":"ad_start","time":1772359221000,"view":"v1","ad":"a1","break":"b1","durationMs":15000,"percent":25}""",
        """{"kind":"ad_break_start","time":1772359221000,"view":"v1","break":"b1","placement":"mid"}""",
        """{"kind":"subscription_started","time":1772359222000,"viewer":"u1","plan":"basic","amount":9.99,"currency":"EUR","periodEnd":"2026-04-01T00:00:00+02:00"}""",
        """{"kind":"message_sent","time":1772359223000,"viewer":"u1","channel":"push","campaign":"c","title":"t"}""",
        """{"kind":"social_mention","time":1772359224000,"title":"t1","network":"x","post":"p1","polarity":-0.5,"text":"so-so","language":"en","likes":1,"replies":2,"shares":3,"confidence":0.9}""",
        """{"kind":"consent_change","time":1772359225000,"device":"d1","consent":["measurement"]}""",
        """{"kind":"login","time":1772359226000,"viewer":"u1","device":"d1","household":"h1"}""",
        """{"kind":"title","time":1772359227000,"title":"t1","type":"episode","name":"A name","series":"s","season":1,"episode":2,"durationMs":3600000,"genres":["drama","comedy"],"moods":[],"cast":["a","b"],"languages":["en"],"published":"2020-01-01","maturity":"12","availableFrom":"2020-01-01T00:00:00Z","countries":["NO","SE"],"edit":"1"}""",
        """{"kind":"profile","time":1772359228000,"viewer":"u1","household":"h1","plan":"basic","since":"2020-01-01T00:00:00Z","kids":false,"country":"NO","attributes":{"a":1,"b":"x","c":true}}""",
        """{"kind":"custom","time":1772359229000,"name":"opened","fields":{"a":1,"b":[1,2],"c":{"d":null}},"v":1}""",
    ];

    /// <summary>Lines of logs of web servers.</summary>
    public static IReadOnlyList<string> CombinedLines { get; } =
    [
        "192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] \"GET /a.ts?CMCD=br%3D1%2Csid%3D%22a%22 HTTP/1.1\" 200 5 \"-\" \"curl/8 \\\"x\\x41\"\n",
        "2001:db8::1 - ann [29/Feb/2024:23:59:59 -0930] \"GET /live/seg-1.m4s HTTP/2.0\" 206 1024 \"https://example.test/\" "
            + "\"Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)\"\n",
        "192.0.2.9 - a [b] c [01/Mar/2026:10:00:01 +0000] \"\\x16\\x03\" 400 - \"-\" \"-\"\n192.0.2.9 - - [01/Mar/2026:10:00:02 +0000] \"HEAD / HTTP/1.0\" 304 0\n",
    ];

    /// <summary>Extended logs.</summary>
    public static IReadOnlyList<string> W3cLogs { get; } =
    [
        "#Version: 1.0\n#Fields: date time c-ip sc-status cs-uri-query cs(User-Agent)\n2026-03-01\t10:00:00\t::1\t200\tCMCD=sid%253D1\ta%20b\n",
        "#Fields: date time sc-bytes cs(Cookie)\n2026-03-01 10:00:00 7 \"a \"\" b\"\n#Date: 2026-03-01 00:00:00\n#Software: x\n#Fields: time c-ip\n10:00:01 192.0.2.1\n",
    ];

    /// <summary>Real-time logs.</summary>
    public static IReadOnlyList<string> RealtimeLogs { get; } =
    [
        "timestamp\tc-ip\tsc-status\tcmcd-session-id\n1772359200.5\t192.0.2.1\t000\t%22x%22\n",
        $"1772359200.123\t192.0.2.1\t0.01\t200\t1234{string.Concat(Enumerable.Repeat("\t-", 36))}\n",
        $"1772359200.123\t192.0.2.1\t192.0.2.2\t0.01\t200\t1234{string.Concat(Enumerable.Repeat("\t-", 58))}\t1\n",
    ];

    /// <summary>CMCD reports of events.</summary>
    public static IReadOnlyList<string> CmcdReports { get; } =
    [
        "e=ps,sta=s,sid=\"a\",cid=\"t\",ts=1772359200000,sn=0,v=2\ne=ps,sta=p,sid=\"a\",ts=1772359201000,sn=1,v=2\ne=t,sid=\"a\",ts=1772359211000,sn=2,br=(3000;v 128;a),bl=(8000),pt=10000,v=2\n",
        "e=e,ec=(\"E1\" \"E2\"),sid=\"a\",ts=1772359202000,sn=3,v=2\ne=ps,sta=q,sid=\"a\",ts=1772359203000,sn=9\n"
            + "e=rr,url=\"https://example.test/a\",rc=200,ttfb=20,ttlb=90,sid=\"b\",ts=1772359204000,v=2\n",
    ];

    /// <summary>CMCD in requests.</summary>
    public static IReadOnlyList<string> CmcdQueries { get; } =
    [
        "https://example.test/a.mp4?x=1&CMCD=br%3D3200%2Cbs%2Cd%3D4004%2Cot%3Dv%2Csid%3D%226e2fb550%22%2Csn%3D7%2Cts%3D1772359200000\n",
        "CMCD=bl%3D21300%2Cnor%3D%22..%252Fb%22%2Csu\nbr=(1 2;v),com.example-k=\"a\\\"b\",cid=\"t\"\n",
    ];

    /// <summary>CMCD in headers.</summary>
    public static IReadOnlyList<string> CmcdHeaders { get; } =
    [
        "GET /a HTTP/1.1\r\nHost: x\r\nCMCD-Request: bl=21300,dl=18500\r\nCMCD-Object: br=3200,d=4004,ot=v\r\nCMCD-Status: bs\r\nCMCD-Session: sid=\"a\",v=1\r\n\r\n",
        "{CMCD-Request: 'su', CMCD-Object: 'ot=m'}\n{\"CMCD-Session\":\"sid=\\\"a\\\"\",\"CMCD-Object\":\"ot=v\"}\n",
    ];

    /// <summary>Payloads of a Snowplow tracker, and an enriched event.</summary>
    public static IReadOnlyList<string> Snowplow { get; } =
    [
        """{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"e":"ue","eid":"e1","dtm":"1772359201000","stm":"1772359201100","uid":"u1","duid":"d1","aid":"web","ue_pr":"{\"schema\":\"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0\",\"data\":{\"schema\":\"iglu:com.snowplowanalytics.snowplow.media/play_event/jsonschema/1-0-0\",\"data\":{}}}","co":"{\"data\":[{\"schema\":\"iglu:com.snowplowanalytics.snowplow/media_player/jsonschema/2-0-0\",\"data\":{\"currentTime\":1.5,\"paused\":false,\"ended\":false,\"label\":\"t1\"}}]}"}]}""",
        """{"event_id":"e2","derived_tstamp":"2026-03-01T10:00:00.000Z","collector_tstamp":"2026-03-01T10:00:00.100Z","user_id":"u1","geo_country":"NO","unstruct_event_com_snowplowanalytics_snowplow_media_ping_event_1":{},"contexts_com_snowplowanalytics_snowplow_media_player_2":[{"currentTime":10,"paused":false,"ended":false,"duration":60,"label":"t1"}],"contexts_com_snowplowanalytics_snowplow_media_session_1":[{"mediaSessionId":"v1"}]}""",
    ];

    /// <summary>Subscription webhooks.</summary>
    public static IReadOnlyList<string> Subscriptions { get; } =
    [
        """{"api_version":"1.0","event":{"id":"r1","type":"INITIAL_PURCHASE","period_type":"TRIAL","app_user_id":"u1","product_id":"basic","event_timestamp_ms":1772359201000,"expiration_at_ms":1774951201000,"price":9.99,"currency":"EUR","environment":"PRODUCTION","country_code":"NO"}}""",
        """{"event":{"id":"r2","type":"RENEWAL","is_trial_conversion":true,"app_user_id":"u1","product_id":"basic","event_timestamp_ms":1774951201000}}""",
    ];
}
