using System.Text;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Tests.Ingest;

public sealed class DeviceKindsTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Examplebot/2.1; +http://www.example.org/bot.html)", "bot")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Mobile/15E148 (compatible; Somebot/2.1)", "bot")]
    [InlineData("curl/8.1.2", "bot")]
    [InlineData("Wget/1.21", "bot")]
    [InlineData("python-requests/2.31", "bot")]
    [InlineData("Go-http-client/1.1", "bot")]
    [InlineData("UniversalFeedParser/5", "bot")]
    [InlineData("Mozilla/5.0 (compatible; Yahoo! Slurp)", "bot")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36", "bot")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/90 Mobile Safari/537.36", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; CUBOT) AppleWebKit/537.36 Mobile (compatible; Otherbot)", "bot")]
    [InlineData("Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15", "console")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 Edge/44", "console")]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/538.1 Version/6.0 TV Safari/538.1", "tv")]
    [InlineData("Mozilla/5.0 (Linux; Tizen 2.3; SAMSUNG SM-Z130H) AppleWebKit/537.3 Mobile Safari/537.3", "mobile")]
    [InlineData("Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/79 Safari/537.36", "tv")]
    [InlineData("AppleTV11,1/11.1", "tv")]
    [InlineData("AppleCoreMedia/1.0.0.19J346 (Apple TV; U; CPU OS 15_0 like Mac OS X; en_us)", "tv")]
    [InlineData("Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/90 Safari/537.36 CrKey/1.54", "tv")]
    [InlineData("Roku/DVP-9.10 (519.10E04111A)", "tv")]
    [InlineData("Mozilla/5.0 (Linux; Android 7.1.2; AFTMM Build/NS6265) AppleWebKit/537.36 Mobile Safari/537.36", "tv")]
    [InlineData("Mozilla/5.0 (QtEmbedded; U; Linux; C) AppleWebKit/533.3 MAG250 stbapp ver: 2 Safari/533.3", "stb")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", "tablet")]
    [InlineData("Mozilla/5.0 (Linux; Android 12; SM-X200) AppleWebKit/537.36 Chrome/110 Safari/537.36", "tablet")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 Chrome/110 Mobile Safari/537.36", "mobile")]
    [InlineData("ExamplePlayer/1.0 (Linux;Android 11) ExoPlayerLib/2.18", "mobile")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", "mobile")]
    [InlineData("Mozilla/5.0 (Windows Phone 10.0; Android 6.0) AppleWebKit/537.36 Mobile", "mobile")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36", "desktop")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/16 Safari/605.1.15", "desktop")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/110 Safari/537.36", "desktop")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/110.0", "desktop")]
    [InlineData("something else", "other")]
    [InlineData("", "other")]
    public void Utf8KindOf_UserAgent_IsItsKind(string userAgent, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(DeviceKinds.Utf8KindOf(Encoding.UTF8.GetBytes(userAgent))));

    [Fact]
    public void Utf8KindOf_LongUserAgent_LooksAtItsHead() =>
        Assert.Equal("other", Encoding.UTF8.GetString(DeviceKinds.Utf8KindOf(Encoding.UTF8.GetBytes(new string('x', 5000) + "curl/8"))));

    [Fact]
    public void IsBot_BytesOfAnyKind_DoesNotThrow()
    {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)i;
        }

        Assert.False(DeviceKinds.IsBot(bytes));
    }
}
