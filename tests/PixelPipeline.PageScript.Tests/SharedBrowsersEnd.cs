namespace PixelPipeline.PageScript.Tests;

/// <summary>Ends what the fixtures share.</summary>
[SetUpFixture]
internal sealed class SharedBrowsersEnd
{
    [OneTimeTearDown]
    public Task EndAsync() => SharedBrowsers.EndAsync();
}
