using StreamSense.Ml.Training.Joins;

namespace StreamSense.Ml.Tests.Training.Joins;

public sealed class RewardTests
{
    private static readonly Outcome Much = new(
        Seen: true, VisibleMilliseconds: 900, Clicked: true, Requested: true, Played: true, WatchMicroseconds: 90_500_000, Completed: true,
        Rating: 0.75, Listed: true, Converted: true);

    [Fact]
    public void ValueOf_EachRule_IsWhatItsNameSays()
    {
        (Reward Reward, double Value)[] all =
        [
            (Reward.Click, 1), (Reward.Play, 1), (Reward.Completed, 1), (Reward.Listed, 1), (Reward.Converted, 1), (Reward.Rating, 0.75),
            (Reward.WatchSeconds(TimeSpan.FromSeconds(60)), 60), (Reward.WatchSeconds(TimeSpan.FromMinutes(2)), 90.5),
        ];
        foreach ((Reward reward, double value) in all)
        {
            Assert.Equal(value, reward.ValueOf(Much));
            Assert.Equal(0, reward.ValueOf(default));
        }
    }

    [Fact]
    public void Sum_Parts_AddsThemAndTellsItself()
    {
        Reward sum = Reward.Sum((0.5, Reward.Click), (2, Reward.WatchSeconds(TimeSpan.FromSeconds(30))));
        Assert.Equal(60.5, sum.ValueOf(Much));
        Assert.Equal("0.5*click + 2*watchSeconds(30)", sum.ToString());
        Assert.Throws<ArgumentException>(() => Reward.Sum());
        Assert.Throws<ArgumentException>(() => Reward.Sum((double.NaN, Reward.Click)));
    }

    [Fact]
    public void Grades_Bounds_CountsThoseReached()
    {
        Reward grades = Reward.Grades(Reward.WatchSeconds(TimeSpan.FromHours(1)), 1, 60, 90.5, 600);
        Assert.Equal(3, grades.ValueOf(Much));
        Assert.Equal(0, grades.ValueOf(default));
        Assert.Throws<ArgumentException>(() => Reward.Grades(Reward.Click));
        Assert.Throws<ArgumentException>(() => Reward.Grades(Reward.Click, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reward.WatchSeconds(TimeSpan.Zero));
    }
}
