using System.Buffers;
using System.Text;

namespace StreamSense.Core.Ingest;

/// <summary>Says what kind of device a user agent names, so that the user agent itself need not pass the door.</summary>
/// <remarks>
/// A small table of product tokens that makers and crawlers print themselves; the first rule that holds counts: bots, consoles, set-top
/// boxes, television sets (with the sticks and boxes that make one of any screen), tablets, phones, desktops. A browser that hides what
/// it runs on (a tablet that calls itself a desktop) is what it says it is. Thread-safe; allocates nothing.
/// </remarks>
public static class DeviceKinds
{
    private const int MaxLength = 512;

    private static readonly SearchValues<string> _bots = Tokens(
        "bot", "crawl", "spider", "slurp", "+http", "fetcher", "feedburner", "feedbin", "feedly", "feedparser", "commafeed", "liferea",
        "netnewswire", "newsblur", "rss/", "rss ", "livejournal.com", "curl/", "wget", "python-", "python/", "aiohttp", "go-http-client",
        "java/", "apache-httpclient", "libwww", "lwp::", "perl/", "ruby", "php/", "guzzlehttp", "axios/", "node-fetch", "undici", "httpie",
        "postmanruntime", "scrapy", "headless", "phantomjs", "selenium", "puppeteer", "playwright", "lighthouse", "monitor", "uptime",
        "pingdom", "statuscake", "nagios", "check_http", "zabbix", "prometheus", "datadog", "elb-healthchecker", "kube-probe", "googlehc",
        "facebookexternalhit", "facebookcatalog", "whatsapp/", "preview", "embedly", "validator", "linkcheck", "link checker",
        "link sleuth", "archiver", "archive.org", "mediapartners-google", "google favicon", "google-read-aloud", "google-inspectiontool",
        "imageproxy", "flipboard", "ezooms", "scanner", "masscan", "zgrab", "nmap", "nikto", "sqlmap", "censys", "chef client", "ansible",
        "httrack", "urlgrabber", "urlwatch", "nutch", "heritrix", "libfetch", "aria2");

    private static readonly SearchValues<string> _consoles = Tokens("playstation", "xbox", "nintendo");

    private static readonly SearchValues<string> _boxes = Tokens(
        "stb/", "stb;", "stb ", "(stb", " stb", "settop", "set-top", "mag200", "mag250", "mag254", "mag322", "mag520", "tivo", "dreambox",
        "xfinity");

    private static readonly SearchValues<string> _televisions = Tokens(
        "smarttv", "smart-tv", "smart tv", "tizen", "web0s", "webos.tv", "netcast", "hbbtv", "appletv", "apple tv", "tvos", "crkey",
        "roku", "googletv", "google tv", "android tv", "androidtv", "bravia", "viera", "aquos", "vizio", "hisense", "philipstv",
        "chromecast", "; aft", "opera tv", "nettv", "dtv;", "vidaa", "mitv",
        "mibox");

    private static readonly SearchValues<string> _tablets = Tokens(
        "ipad", "tablet", "playbook", "kindle", "silk/", "sm-t", "nexus 7");

    private static readonly SearchValues<string> _phones = Tokens(
        "iphone", "ipod", "windows phone", "windows mobile", "iemobile", "blackberry", "bb10", "opera mini", "opera mobi", "midp",
        "symbian", "docomo", "fennec", "mobile");

    private static readonly SearchValues<string> _desktops = Tokens(
        "windows", "macintosh", "mac os x", "macos", "x11", "cros ", "linux", "freebsd", "openbsd", "netbsd", "sunos");

    private static readonly SearchValues<string> _mobile = Tokens("mobile");
    private static readonly SearchValues<string> _android = Tokens("android");
    private static readonly SearchValues<string> _browsers = Tokens("applewebkit", "gecko");

    /// <summary>The kind of device.</summary>
    /// <param name="utf8UserAgent">The user agent as UTF-8, without escapes; the first 512 bytes are looked at.</param>
    /// <returns>
    /// One of <c>bot</c>, <c>console</c>, <c>stb</c>, <c>tv</c>, <c>tablet</c>, <c>mobile</c>, <c>desktop</c>, <c>other</c>.
    /// </returns>
    public static ReadOnlySpan<byte> Utf8KindOf(ReadOnlySpan<byte> utf8UserAgent)
    {
        Span<char> text = stackalloc char[MaxLength];
        int length = Encoding.Latin1.GetChars(utf8UserAgent[..Math.Min(MaxLength, utf8UserAgent.Length)], text);
        return KindOf(text[..length]);
    }

    /// <summary>Whether the user agent is that of a program that nobody watches.</summary>
    /// <param name="utf8UserAgent">The user agent as UTF-8, without escapes.</param>
    public static bool IsBot(ReadOnlySpan<byte> utf8UserAgent) => Utf8KindOf(utf8UserAgent).SequenceEqual("bot"u8);

    private static ReadOnlySpan<byte> KindOf(scoped ReadOnlySpan<char> text)
    {
        if (NamesBot(text))
        {
            return "bot"u8;
        }

        if (text.ContainsAny(_consoles))
        {
            return "console"u8;
        }

        if (text.ContainsAny(_boxes))
        {
            return "stb"u8;
        }

        bool isMobile = text.ContainsAny(_mobile);
        if (text.ContainsAny(_televisions) && !(isMobile && text.Contains("tizen", StringComparison.OrdinalIgnoreCase)))
        {
            return "tv"u8;
        }

        if (text.ContainsAny(_tablets))
        {
            return "tablet"u8;
        }

        // Browsers on an Android tablet leave "Mobile" out; other programs never say it.
        if (text.ContainsAny(_android))
        {
            return isMobile || !text.ContainsAny(_browsers) ? "mobile"u8 : "tablet"u8;
        }

        return text.ContainsAny(_phones) ? "mobile"u8 : text.ContainsAny(_desktops) ? "desktop"u8 : "other"u8;
    }

    // Cubot makes telephones.
    private static bool NamesBot(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && text[start..].IndexOfAny(_bots) is >= 0 and var found)
        {
            int place = start + found;
            bool isPhone = place >= 2 && text[(place - 2)..].StartsWith("cubot", StringComparison.OrdinalIgnoreCase);
            if (!isPhone)
            {
                return true;
            }

            start = place + 3;
        }

        return false;
    }

    private static SearchValues<string> Tokens(params ReadOnlySpan<string> tokens) =>
        SearchValues.Create(tokens, StringComparison.OrdinalIgnoreCase);
}
