using System.Text;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdQueryTextTests
{
    [Theory]
    [InlineData("CMCD=a%3D1", "a=1")]
    [InlineData("CMCD=%%41", "%A")]
    [InlineData("CMCD=%2%41%", "%2A%")]
    [InlineData("CMCD=a+b%2", "a b%2")]
    [InlineData("CMCD=\"a+b\"%2C", "\"a+b\",")]
    [InlineData("CMCD=%2525", "%25")]
    public void TryFind_Escapes_AreTakenOffOnce(string line, string expected)
    {
        Assert.True(new CmcdQueryText().TryFind(Encoding.UTF8.GetBytes(line), out ReadOnlySpan<byte> value, allowBare: false));
        Assert.Equal(expected, Encoding.UTF8.GetString(value));
    }

    [Fact]
    public void TryFind_AnyText_IsDecodedLetterByLetter()
    {
        var random = new Random(5);
        var text = new CmcdQueryText();
        for (int round = 0; round < 3_000; round++)
        {
            int length = round % 50 == 0 ? random.Next(4_000, 9_000) : random.Next(1, 300);
            var line = new StringBuilder("CMCD=");
            for (int i = 0; i < length; i++)
            {
                line.Append("%%%%%+02234567CDcdabefgh/=,(".ToCharArray()[random.Next(28)]);
            }

            byte[] bytes = Encoding.UTF8.GetBytes(line.ToString());
            Assert.True(text.TryFind(bytes, out ReadOnlySpan<byte> value, allowBare: false));
            Assert.Equal(Decode(bytes.AsSpan(5)), value.ToArray());
        }
    }

    private static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new List<byte>();
        for (int i = 0; i < encoded.Length; i++)
        {
            bool isEscape = encoded[i] == (byte)'%' && i + 2 < encoded.Length
                && char.IsAsciiHexDigit((char)encoded[i + 1]) && char.IsAsciiHexDigit((char)encoded[i + 2]);
            decoded.Add(isEscape ? Convert.FromHexString(Encoding.ASCII.GetString(encoded.Slice(i + 1, 2)))[0]
                : encoded[i] == (byte)'+' ? (byte)' '
                : encoded[i]);
            i += isEscape ? 2 : 0;
        }

        return [.. decoded];
    }
}
