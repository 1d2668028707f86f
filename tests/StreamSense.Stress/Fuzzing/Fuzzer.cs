using System.Diagnostics;
using System.Globalization;

namespace StreamSense.Stress.Fuzzing;

/// <summary>Gives one decoder inputs and holds it to the promises of every decoder.</summary>
/// <remarks>
/// No exception leaves it; its accounts add up; the same input means the same again, and wherever it is cut; what it allocates is bounded
/// by what it reads; it comes to an end. Input number n of a seed is the same whatever ran before. One thread.
/// </remarks>
internal sealed class Fuzzer : IDisposable
{
    /// <summary>What a decoder may allocate for a body whatever its length.</summary>
    public const int BytesPerBody = 64 * 1024;

    private const int LongestInput = 96 * 1024;
    private const int InputsPerSubject = 256;
    private const int Rounds = 4;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestReduction = TimeSpan.FromSeconds(8);
    private readonly FuzzTarget _target;
    private readonly ulong _seed;
    private readonly GuardedBytes _memory = new(LongestInput + 1);
    private readonly FuzzText _text = new();
    private FuzzSetting _setting = new();
    private IFuzzSubject _subject;
    private IFuzzSubject _other;
    private long _read;

    /// <summary>Creates a fuzzer.</summary>
    /// <param name="target">The decoder.</param>
    /// <param name="seed">Decides all inputs.</param>
    public Fuzzer(FuzzTarget target, ulong seed)
    {
        _target = target;
        _seed = seed;
        _subject = target.Open(_setting);
        _other = target.Open(_setting);
    }

    /// <summary>How many bytes were made as inputs.</summary>
    public long Bytes { get; private set; }

    /// <summary>The most that an input made a decoder allocate, as a share of its bound.</summary>
    public double WorstShare { get; private set; }

    /// <summary>The longest that an input took, as often as it is read.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Makes an input of the run and has it read.</summary>
    /// <param name="index">Which.</param>
    /// <param name="begun">Is told the input before it is read: a guard page or an endless loop leaves no time afterwards.</param>
    /// <returns>Null if all promises were held.</returns>
    public FuzzFailure? Try(long index, Action<FuzzInput>? begun = null)
    {
        if (++_read % InputsPerSubject == 0)
        {
            Renew();
        }

        FuzzInput input = Make(index);
        Bytes += input.Bytes.Length;
        begun?.Invoke(input);
        long start = Stopwatch.GetTimestamp();
        string? what = Check(input);
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        Slowest = taken > Slowest ? taken : Slowest;
        if (what is null && taken > _longest)
        {
            what = string.Create(CultureInfo.InvariantCulture, $"it took {taken.TotalSeconds:F1} s");
        }

        return what is null ? null : Report(input, index, what);
    }

    /// <summary>The input of a place in the run.</summary>
    public FuzzInput Make(long index)
    {
        FuzzRandom random = FuzzRandom.Of(_seed, _target.Name, index);
        byte[] bytes = (index % 4) switch
        {
            0 => ByteMutator.Mutate(random, random.Pick(_target.Corpus), random.Pick(_target.Corpus), LongestInput),
            1 => ByteMutator.Mutate(random, Written(random), random.Pick(_target.Corpus), LongestInput),
            _ => Written(random),
        };
        var cuts = new int[random.Once(3) ? Math.Min(bytes.Length, 64) : random.Below(6)];
        for (int i = 0; i < cuts.Length; i++)
        {
            cuts[i] = random.Below(bytes.Length + 1);
        }

        if (random.Once(8) && bytes.Length < 512)
        {
            cuts = [.. Enumerable.Range(0, bytes.Length)];
        }

        Array.Sort(cuts);
        return new FuzzInput(bytes, cuts, Receiver: random.Once(4) ? random.Below(4) : 0, AtStart: random.Once(4));
    }

    public void Dispose()
    {
        _subject.Dispose();
        _other.Dispose();
        _memory.Dispose();
    }

    private byte[] Written(FuzzRandom random)
    {
        _text.Clear();
        _target.Write(random, _text);
        return _text.Written[..Math.Min(_text.Length, LongestInput)].ToArray();
    }

    private void Renew()
    {
        _subject.Dispose();
        _other.Dispose();
        _setting = new FuzzSetting();
        _subject = _target.Open(_setting);
        _other = _target.Open(_setting);
    }

    private string? Check(FuzzInput input)
    {
        try
        {
            return Compare(input);
        }
        catch (Exception exception)
        {
            Renew();
            return $"{exception.GetType().Name} left the decoder: {exception.Message} {exception.StackTrace}";
        }
    }

    private string? Compare(FuzzInput input)
    {
        if (_target.Remembers)
        {
            Reopen(ref _subject);
            Reopen(ref _other);
        }

        FuzzReading first = _subject.Read(input, isCut: false, _memory);
        FuzzReading cut = _other.Read(input, isCut: true, _memory);
        if ((first.Broken ?? cut.Broken) is { } broken)
        {
            return broken;
        }

        if (first.Digest != cut.Digest)
        {
            return "cut into pieces it means something else";
        }

        if (_target.Remembers)
        {
            Reopen(ref _other);
            if (_other.Read(input, isCut: false, _memory).Digest != first.Digest)
            {
                return "read again it means something else";
            }
        }

        return CheckAgain(input, first);
    }

    // Reads the input again with the decoder that has read it: what it keeps between inputs is as large as the input needs.
    private string? CheckAgain(FuzzInput input, FuzzReading first)
    {
        long least = long.MaxValue;
        long bound = long.MaxValue;
        for (int round = 0; round < Rounds && least > bound - 1; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            FuzzReading again = _subject.Read(input, isCut: false, _memory);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            least = allocated < 0 ? least : Math.Min(least, allocated);
            bound = BytesPerBody + ((long)input.Bytes.Length * _target.BytesPerByte) + (again.Told * _target.BytesPerObject);
            if (again.Broken is not null || (!_target.Remembers && again.Digest != first.Digest))
            {
                return again.Broken ?? "read again it means something else";
            }
        }

        WorstShare = Math.Max(WorstShare, (double)least / bound);
        return least <= bound ? null : string.Create(
            CultureInfo.InvariantCulture, $"it allocated {least} bytes for {input.Bytes.Length}, and may {bound}");
    }

    private void Reopen(ref IFuzzSubject subject)
    {
        subject.Dispose();
        subject = _target.Open(_setting);
    }

    private FuzzFailure Report(FuzzInput input, long index, string what)
    {
        string kind = KindOf(what);
        Renew();
        long start = Stopwatch.GetTimestamp();
        bool Fails(FuzzInput smaller) => Stopwatch.GetElapsedTime(start) < _longestReduction
            && Check(smaller) is { } other
            && string.Equals(KindOf(other), kind, StringComparison.Ordinal);
        if (!Fails(input))
        {
            return new FuzzFailure(_target.Name, _seed, index, what + " (only after the inputs before it)", input);
        }

        FuzzInput least = InputReducer.Reduce(input, Fails);
        string? last = Check(least);
        Renew();
        return new FuzzFailure(_target.Name, _seed, index, last ?? what, least);
    }

    private static string KindOf(string what) => what.Split(':', 2)[0].TrimEnd("0123456789".ToCharArray()).Split(" bytes")[0] switch
    {
        var kind when kind.StartsWith("it allocated", StringComparison.Ordinal) => "it allocated",
        var kind => kind,
    };
}
