namespace PixelPipeline.Deploy.Tests;

public class SinkFilterTests
{
    [TestCase("/pixel.png", "pixel-dev")]
    [TestCase("/a/t-1.png", "pixel-prod")]
    public void DeriveFilters_AnyPixel_SaysWhatTheProcessorTakesForAHit(string path, string name)
    {
        const string script = ". deploy/lib/settings.sh; PIXEL_PATH=$1 NAME=$2; derive_filters; printf %s \"$HIT_FILTER\"";
        Assert.That(Tools.Run("bash", ["-c", script, "bash", path, name]), Is.EqualTo(new HitRule(path).SinkFilter(name)));
    }
}
