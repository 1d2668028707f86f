namespace PlayerBackend.Media;

/// <summary>How fast the server hands out media, shared by all responses: a token bucket whose rate can be changed at any time.</summary>
/// <remarks>Any number of responses may take at once. The bucket holds an eighth of a second, so that a slow network is slow at
/// once.</remarks>
internal sealed class MediaPace(TimeProvider clock)
{
    private const double BurstSeconds = 0.125;

    private readonly Lock _lock = new();
    private double _bytesPerSecond;
    private double _tokens;
    private long _filledAt;

    /// <summary>The rate in kilobits per second; 0 is as fast as the machine can.</summary>
    public int Kbps
    {
        get
        {
            lock (_lock)
            {
                return (int)Math.Round(_bytesPerSecond * 8 / 1000);
            }
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (_lock)
            {
                _bytesPerSecond = value * 1000.0 / 8;
                _tokens = 0;
                _filledAt = clock.GetTimestamp();
            }
        }
    }

    /// <summary>Takes bytes if the rate allows them now.</summary>
    /// <param name="bytes">How many bytes are about to be sent.</param>
    /// <returns>Zero if they may be sent; else how long to wait before asking again.</returns>
    public TimeSpan Take(int bytes)
    {
        lock (_lock)
        {
            if (_bytesPerSecond == 0)
            {
                return TimeSpan.Zero;
            }

            long now = clock.GetTimestamp();
            double earned = clock.GetElapsedTime(_filledAt, now).TotalSeconds * _bytesPerSecond;
            _tokens = Math.Min(_tokens + earned, Math.Max(_bytesPerSecond * BurstSeconds, bytes));
            _filledAt = now;
            if (_tokens >= bytes)
            {
                _tokens -= bytes;
                return TimeSpan.Zero;
            }

            // Asking at least every 50 ms lets a change of the rate reach responses that are waiting.
            double seconds = (bytes - _tokens) / _bytesPerSecond;
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0.001, 0.05));
        }
    }
}
