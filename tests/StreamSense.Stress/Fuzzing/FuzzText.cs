using System.Buffers;
using System.Text;

namespace StreamSense.Stress.Fuzzing;

/// <summary>Bytes that a grammar writes.</summary>
internal sealed class FuzzText
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public IBufferWriter<byte> Writer => _bytes;

    public int Length => _bytes.WrittenCount;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public FuzzText Add(string text)
    {
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    public FuzzText Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public FuzzText Add(byte value) => Add([value]);

    public void Clear() => _bytes.ResetWrittenCount();
}
