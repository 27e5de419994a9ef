package io.plateflow.clients.camera.capture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class DesktopLibrariesTest {

  /** Holds for tests and fixtures, too: all of them run on a bare machine. */
  @Test
  void onlyWebcamsTouchThem() {
    noClasses()
        .that()
        .doNotHaveSimpleName("CaptureDevices")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.bytedeco.ffmpeg.global.avdevice")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco.javacv..")
        .because("avdevice, which JavaCV's grabber and recorder load, needs PulseAudio and X11")
        .check(new ClassFileImporter().importPackages("io.plateflow.clients"));
  }
}
