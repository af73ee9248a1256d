namespace PixelPipeline.Clients.Tests.Bq;

/// <summary><c>bq</c> on datasets.</summary>
internal sealed class BqDatasetTests
{
    [Test]
    public async Task Dataset_MadeTwiceListedShownAndDeleted_IsAsInGooglesBigQuery()
    {
        var bq = await BqClient.OnSharedPipelineAsync();

        (await bq.RunAsync("mk", "--dataset", "--description", "a shop", "bq_shop")).Succeeded();
        var again = bq.RunAsync("mk", "--dataset", "bq_shop");
        var list = bq.JsonAsync("ls", "--datasets");
        var shown = bq.JsonAsync("show", "bq_shop");
        Assert.That((await again).Failed(), Does.Contain("Dataset 'local:bq_shop' already exists"));
        Assert.That((await list).AsArray().Select(d => (string?)d!["id"]), Does.Contain("local:bq_shop").And.Contain("local:pixels"));
        Assert.That((string?)(await shown)["description"], Is.EqualTo("a shop"));

        (await bq.RunAsync("rm", "--force", "--dataset", "bq_shop")).Succeeded();
        Assert.That((await bq.RunAsync("show", "bq_shop")).Failed(), Does.Contain("Not found: Dataset local:bq_shop"));
    }
}
