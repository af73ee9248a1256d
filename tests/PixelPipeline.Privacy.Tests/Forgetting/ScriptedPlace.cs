using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Tests.Forgetting;

/// <summary>A place with so many records, of which each call erases what a script says.</summary>
internal sealed class ScriptedPlace(string name, long records, params Func<long, (long Left, Exception? Failure)>[] script) : Place
{
    private int _calls;

    public override string Name => name;

    public override string Containers => "tables";

    public long Records { get; set; } = records;

    public override Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken) => Task.FromResult(new Holding(Records, Records * 10, 1));

    public override Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken)
    {
        var (left, failure) = _calls < script.Length ? script[_calls++](Records) : (0, null);
        Records = left;
        return failure is null ? Task.FromResult(left == 0 ? null : new Remainder(left, "in a buffer", DateTime.UnixEpoch)) : throw failure;
    }

    public override IAsyncEnumerable<HeldRecord> ReadAsync(Person person, CancellationToken cancellationToken) => throw new NotSupportedException();
}
