namespace PixelPipeline.Tests.Writing;

public sealed class GroupCommitLawTests
{
    private const int Interleavings = 150;
    private const int Steps = 120;

    [Test]
    public async Task Write_AnyInterleaving_GivesEveryRowOneFate()
    {
        var first = Some.Seed();
        var fates = new HashSet<string>();
        for (var seed = first; seed < first + Interleavings; seed++)
        {
            using var model = new GroupCommitModel(seed);
            try
            {
                await model.RunAsync(Steps);
            }
            catch (Exception e)
            {
                throw new AssertionException($"Interleaving with seed {seed}: {e.Message}", e);
            }

            Assert.That(model.Rows.Select(r => r.Fate), Has.None.Null);
            fates.UnionWith(model.Rows.Select(r => r.Fate!));
        }

        Assert.That(fates, Is.EquivalentTo(["committed", "invalid", "failed", "cancelled", "refused"]), "the interleavings reach all fates");
    }
}
