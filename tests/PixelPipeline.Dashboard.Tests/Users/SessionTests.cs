using PixelPipeline.Dashboard.Users;

namespace PixelPipeline.Dashboard.Tests.Users;

internal sealed class SessionTests
{
    private static readonly DateTime Start = new(2026, 11, 20, 11, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Of_EventsWithPauses_EndsAtOneOf30Minutes()
    {
        (DateTime, string?)[] events = [(Start, null), (Start.AddMinutes(29), "a"), (Start.AddMinutes(58), "b"), (Start.AddMinutes(88), null)];
        Assert.That(Session.Of(events), Is.EqualTo(new[]
        {
            new Session(Start.AddMinutes(88), Start.AddMinutes(88), 1, null, null),
            new Session(Start, Start.AddMinutes(58), 3, "a", "b"),
        }));
    }

    [Test]
    public void Of_NoEvents_IsNone() => Assert.That(Session.Of([]), Is.Empty);
}
